"""Who may open what: the truth table against which every page is held.

A page names its rule in the code; what the rule means for the known people stands here, apart.
A rule that is not in this table fails the walk.
"""

NOBODY = "nobody"  # not signed in
ALL = {
    "amina",
    "baraka",
    "chausiku",
    "daudi",
    "esther",
    "farid",
    "gathoni",
    "hamisi",
    "imani",
    "juma",
    "nafula",
    "otieno",
}
MEMBERS = {"amina", "baraka", "nafula", "otieno"}  # of the community that the walk asks about

#: rule -> the known people whom it lets in.
ALLOWED = {
    "anyone": ALL | {NOBODY},
    "signed_in": ALL,
    "inside": MEMBERS | {"chausiku"},
    "member": MEMBERS,
    "moderator": {"baraka"},
    # The programme's office; whoever asked without a name and whose seal was opened.
    "unsealing_office": {"gathoni", "hamisi"},
    "unsealed_author": {"nafula"},
    # The programme's office about one post, once its author has asked and agreed.
    "appeal_office": {"gathoni", "hamisi"},
    # Whoever decides about reports now: of a nameless post the adviser too.
    "desk": {"baraka", "chausiku"},
    "administrator": {"hamisi"},
    # Who gets the weekly letter: an office that reads it, and an address.
    "letter_reader": {"gathoni", "hamisi"},
    "gardener": {"gathoni"},
    "safeguarding": {"imani"},
    "help_desk": {"juma"},
    "designer": {"gathoni", "hamisi"},
    "placer": {"gathoni", "hamisi"},
    "tending": {"gathoni"},
    "tending_or_training": {"gathoni"},
    "office": {"gathoni", "hamisi"},
    # The library: whoever works in the programme; of a resource and a collection of the community
    # those inside; the resource is Amina's.
    "enrolled": ALL,
    "resource_reader": MEMBERS | {"chausiku"},
    "resource_keeper": {"amina", "baraka"},
    "resource_decider": {"baraka"},
    "library_decider": {"baraka", "chausiku", "gathoni", "hamisi"},
    "collection_reader": MEMBERS | {"chausiku"},
    "collection_keeper": MEMBERS,
    # Whoever is in some community finds what others share.
    "colleague": MEMBERS | {"chausiku", "daudi"},
    "sees_thing": MEMBERS | {"chausiku"},  # an answer of the community
    "adviser": {"chausiku"},
    "school_leader": {"esther"},
    # Training: the office that plans it, its trainer (Chausiku), whoever is invited (Nafula).
    "planner": {"gathoni", "hamisi"},
    "runs_session": {"gathoni", "hamisi", "chausiku"},
    "at_session": {"gathoni", "hamisi", "chausiku", "nafula"},
    # Nafula's certificate.
    "sees_certificate": {"gathoni", "hamisi", "chausiku", "nafula"},
    "certificate_owner": {"nafula"},
    "certificate_giver": {"gathoni", "hamisi", "chausiku"},
    # The cascade: who plans it, who leads a session, who comes back to a return session.
    "opens_by_return": {"chausiku", "gathoni", "hamisi"},
    "leads_return": {"chausiku"},
    "comes_back": {"amina", "otieno"},
    "reads_brought": {"chausiku"},
    "harvest_author": {"amina"},
    # Support visits: who may visit somebody (the trainer, the head teacher); this visit's two people.
    "visitor": {"chausiku", "esther"},
    "at_visit": {"amina", "chausiku"},
    "visits_here": {"chausiku"},
    "visited": {"amina"},
    "meets": MEMBERS | {"chausiku"},  # whoever shares a community with the person, here Nafula
}

#: Pages whose view asks a further question of the object (mine, addressed to me): who passes.
FURTHER = {
    # The front door of the demo exists in the demo alone.
    "demo": set(),
    "demo_enter": set(),
    "phones": set(),
    "phone_act": set(),
    # Where nobody has set a contact there is none.
    "security_txt": set(),
    # Meta alone calls there, with a signature, and here the channel is not set up.
    "whatsapp_hook": set(),
    # The parts are shown to all in the demo; otherwise to staff.
    "style": {"gathoni", "hamisi", "imani", "juma"},
    # One's own code of a training: whoever is invited.
    "attendance_card": {"nafula"},
    # Whoever may ask to join: never Esther, who supervises two members.
    "ask_to_join": ALL - {"esther"},
    "invitation": {"daudi"},
    # While there is a moderator, the moderator steers.
    "edit_community": {"baraka"},
    "kickoff": {"baraka"},
    "close_community": {"baraka"},
    "propose_ending": {"baraka"},
    "change_design": {"baraka"},
    "gathering_skip": {"baraka"},
    "gathering_hold": {"baraka"},
    "garden_design": set(),  # the community is open: its design is the members'
    # Whoever decides about this post; whoever wrote it and is told; whose mute it is.
    "decide": {"baraka"},
    "word": {"amina"},
    "ask_to_unseal": {"baraka", "chausiku"},
    "move": {"baraka"},
    "doubt": {"baraka"},
    "appeal_photo": {"gathoni", "hamisi"},
    "unmute": {"amina"},
    # Whoever began the plan and the moderator; whose report it is.
    "plan_remove": {"amina", "baraka"},
    "plan_return": {"amina", "baraka"},
    "plan_taught_gone": {"amina"},
    "edit": {"amina"},  # her own question
    # Channels and chats exist where one is set up; in the walk none is.
    "my_channel": set(),
    "my_channel_code": set(),
    "my_channel_test": set(),
    "my_channel_stop": set(),
    "my_channel_start": set(),
    "chat": set(),
    # A word of the desk for one person: its reader alone, not even its sender.
    "desk_word": {"otieno"},
    # Her own digests; and the way out of them, whose link nobody here holds.
    "digest": {"amina"},
    "digest_text": {"amina"},
    "digest_seen": {"amina"},
    "stop_digests": set(),
    # A provider calls here, with a secret or a signature.
    "sms_africastalking": set(),
    "sms_twilio": set(),
    # Telegram alone calls it, with a word that nobody here knows.
    "telegram_hook": set(),
    # The way out of letters, whose link nobody here holds.
    "letter_stop": set(),
    # Her own draft: whoever makes a quiz is the only one who sees it.
    "quiz_make": {"amina"},
    "quiz_item_new": {"amina"},
    "quiz_item": {"amina"},
    "quiz_words": {"amina"},
    "quiz_item_up": {"amina"},
    "quiz_item_drop": {"amina"},
    "quiz_discard": {"amina"},
    "quiz_change": {"amina"},
    "quiz_close": {"amina"},
    "quiz_reopen": {"amina"},
    # What was sent: its author alone puts it into words or takes it out.
    "voice_words": {"amina"},
    "voice_discard": {"amina"},
    "paper_discard": {"amina"},
    "remove": {"amina"},
    # The answer's author says a word about a correction; an adviser closes a dispute.
    "trust_reply": {"nafula"},
    "trust_resolve": {"chausiku"},
    # A profile is found from the phone that holds its cookie; here nobody does.
    "profile_enter": set(),
    "profile_code": set(),
    "my_phone_end": {"nafula"},  # where she is signed in
    "my_passkey_remove": set(),  # only of a passkey of one's own
    "my_phone_forget": {"nafula"},
    # Only for whoever has a claim that waits.
    "proof_anew": set(),
    # A practice note: whoever wrote it down, and the moderator; a debate's outcome: whoever opened it.
    "note_change": {"otieno", "baraka"},
    "note_travel": {"otieno", "baraka"},
    "note_take_off": {"otieno", "baraka"},
    "note_outcome": {"amina", "baraka"},
    # One's own time: nobody else finds it, with whatever office.
    "own_time_change": {"amina"},
    "own_time_remove": {"amina"},
    "own_time_back": {"amina"},
    # What was told to Nafula by Amina, and the sheet for her own wall.
    "recognition": {"amina", "nafula"},
    "recognition_print": {"nafula"},
    "celebration_print": {"nafula"},
    # Whoever asked the question that has risen; whoever answered one from a sister community.
    "onward": {"amina"},
    "answer_credit": set(),  # this answer is to a question of one's own community
    # Whoever steers; a community that has closed (this one is open).
    "reshape_begin": {"baraka"},
    "farewell": set(),
    # Offices are placed nowhere.
    "beliefs": ALL - {"gathoni", "hamisi", "imani", "juma"},
    # What the programme gave to Amina.
    "my_bundle_came": {"amina"},
    # A test and feedback are of whoever is invited; what was learned is for its trainers alone.
    "training_test": {"nafula"},
    "training_feedback": {"nafula"},
    "training_learned": {"chausiku"},
    # Only one's own posting is found (Amina's in the furnished house).
    "my_posting_end": {"amina"},
    "my_posting_remove": {"amina"},
}

#: Views of libraries that we route to; each is named here on purpose.
THIRD_PARTY = {
    # django-allauth: staff by password and second factor (tests/people/test_staff.py)
    "account_login",
    "account_reauthenticate",
    "account_change_password",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
}
