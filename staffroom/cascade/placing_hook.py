"""Where the placing of people into communities is asked for, by whoever builds it."""

from staffroom.core.hooks import Hook

#: `part(by, programme, people) -> str`: begin to place these people into communities; where that is
#: seen. Without a part, return sessions offer it to nobody.
place_people = Hook("place_people")
