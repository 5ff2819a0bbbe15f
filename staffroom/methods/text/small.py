"""Small words: those that nearly every question has, whatever it is about.

They are left out where likeness is worked out, because in a young community nothing has been counted
yet that would tell *how* from *fractions*. Search itself keeps them: there rarity does the work.
"""

_ENGLISH = """
    a about all also am an and any are as at be been but by can could do does did for from get had has
    have he her his how i if in is it its just like many me more most much my no not of on one or our
    please she should so some that the their them there these they this those to up us was we were
    what when where which who why will with would you your
"""
_SWAHILI = """
    au bila cha gani gapi hata hii hilo hivi hiyo huu huyo hizi ili ingawa je jinsi juu kama katika kila
    kuhusu kuwa kwa kwamba kwenye la lakini lini mimi na namna nani nawezaje ni nini pia sana sasa si
    sisi tafadhali tu vipi wa wapi wao watu wewe wote ya yake yangu yao yetu yeye yote za zaidi
"""
_URDU = """
    آپ اس ان اور ایک اگر بھی تو جو جب سب سے طرح تک تھا تھی تھے لیے میں مجھے میرے میری میرا نہیں نے وہ پر پھر کا کب
    کر کرنا کرتے کس کسی کو کون کہ کہاں کی کیا کیسے کیوں کے گا گی گے ہم ہو ہوں ہے ہیں ہمارے یا یہ
"""
#: As people write them; fold before comparing.
LISTED = {"en": _ENGLISH, "sw": _SWAHILI, "ur": _URDU}
