"""Where the rooms above put what belongs on a community's pages.

A part that asks the database does so on every view of the page: a community that has nothing to show
must cost nothing (`conversations.queries.facts` answers small questions in the query that is asked
anyway).
"""

from staffroom.core.hooks import Hook

#: `part(request) -> list[dict]`: lines of the community's menu: {"url", "icon", "words"}. What the
#: viewer may do here is known as `request.standing`.
menu = Hook("menu")
#: `part(request) -> list[dict]`: lines of the page *What we keep*: {"url", "icon", "title", "text"}.
kept = Hook("kept")
#: `part(request) -> list[dict]`: notices above the stream: {"url", "icon", "title", "text"}.
above = Hook("above")
#: `part(request, post) -> list[dict]`: what else one can do with a post that stands, on its page of
#: acts: {"url", "icon", "words", "help"}.
ways = Hook("ways")
#: `part(request, question, mine) -> list[dict]`: notices below the words of a question: {"icon", "text"}
#: and, as they like, "more" (another sentence), "url" with "do" (a link to act by) and "buttons":
#: [{"url", "name", "value", "words"}], sent as one form each. `mine`: the viewer asked it. The question
#: itself (age, `answer_count`, `travel`) tells whether there is anything to ask the database.
below_question = Hook("below_question")
