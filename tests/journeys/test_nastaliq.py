"""The face that Urdu readers may choose is allowed by the policy, and is a whole typeface."""

LOADS = """async url => {
  const face = new FontFace('tried', `url(${url}) format("woff2")`);
  await face.load();
  document.fonts.add(face);
  return [face.status, document.fonts.check('17px tried', 'ٹھیک ہے')];
}"""


def test_the_fetched_face_loads_under_the_policy(come_in, world, complaints):
    type(world.amina).objects.filter(pk=world.amina.pk).update(language="ur", letters="nastaliq")
    page = come_in(world.amina, "/me")
    sheet = page.locator("link[href*=nastaliq]").get_attribute("href")
    text = page.evaluate("async url => await (await fetch(url)).text()", sheet)
    file = text.split("url(")[1].split(")")[0].strip("\"'")
    url = page.evaluate(
        "([file, sheet]) => new URL(file, new URL(sheet, location)).href", [file, sheet]
    )
    assert page.evaluate(LOADS, url) == ["loaded", True]
    assert complaints == []
