"""Items that a reviewer answers one by one: every paper, every item, none for all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from engine.authoring import Step
from models.documents import PaperVersion
from processes.registers import opinions, papers
from processes.registers.checklists import (
    ALL_PAPERS,
    STATE_SECRET,
    Item,
    content_checks,
    publication_checks,
    secrecy_items,
)

#: Answers to an item of the secrecy review, and to a check of the content.
CLEAR, INVOLVED, UNSURE = "clear", "involved", "unsure"
FIT, UNFIT = "fit", "unfit"

#: Typed words are cut here, as in any other field of a form.
LONGEST = 1000


@dataclass(frozen=True)
class Given:
    """One answer: on which copies, to which item, with words where it needs them."""

    copies: tuple[PaperVersion, ...]
    #: What it is about, in words: a paper's title, or all of them.
    about: str
    item: Item
    #: The key of the row it was typed into.
    key: str
    answer: str
    words: str


@dataclass
class Sheet:
    """All answers of one reviewer, with what is missing or wrong."""

    #: The field of the form that its rows belong to.
    name: str
    given: list[Given] = field(default_factory=list)
    errors: dict[str, list[str]] = field(default_factory=dict)

    def has(self, answer: str, code: str | None = None) -> bool:
        """Tell whether an answer was given, to one item or to any."""
        return any(
            each.answer == answer and code in (None, each.item.code)
            for each in self.given
        )

    def read(
        self,
        typed: Mapping[str, str],
        about: tuple[PaperVersion, ...],
        items: Sequence[Item],
        answers: Collection[str],
        *,
        key: str = "",
    ) -> None:
        """Read what was typed about a paper or all of them: at `<key>.<item>` the
        answer, at `<key>.<item>.words` why.
        """
        title = "合起来看" if key == ALL_PAPERS else about[0].paper.title
        for item in items:
            row = f"{key or about[0].paper.public_id}.{item.code}"
            answer = typed.get(row, "")
            words = typed.get(f"{row}.words", "").strip()
            known = answer if answer in answers else ""
            each = Given(about, title, item, row, known, words)
            if len(words) > LONGEST:
                self.refuse(each, f"最多写 {LONGEST} 个字", ".words")
            self.given.append(each)

    def refuse(self, each: Given, sentence: str, part: str = "") -> None:
        """Say what is wrong with an answer, where it was typed."""
        name = f"{self.name}.{each.key}{part}"
        self.errors.setdefault(name, []).append(sentence)


def secrecy_sheet(step: Step, typed: Mapping[str, str], outcome: str) -> Sheet:
    """Read and judge the answers of a secrecy reviewer."""
    found = Sheet("items")
    for copy in copies(step):
        asked = secrecy_items(step.work, step.case, copy)
        found.read(typed, (copy,), asked, {CLEAR, INVOLVED, UNSURE})
    if outcome == "stopped":
        if found.given and not found.has(INVOLVED, STATE_SECRET):
            sentence = "按涉密处置的，先在涉密的那一份上把“国家秘密”答为“涉及”"
            found.refuse(found.given[0], sentence)
        return found
    for each in found.given:
        _judge_secrecy(found, each, outcome)
    if outcome == "unsure" and not found.has(UNSURE):
        sentence = "报请确定的，先把拿不准的那一项答为“拿不准”"
        found.refuse(found.given[0], sentence)
    return found


def _judge_secrecy(found: Sheet, each: Given, outcome: str) -> None:
    passes = outcome == "passed"
    if each.answer == INVOLVED and each.item.code == STATE_SECRET:
        sentence = "“国家秘密”答了“涉及”，只能点“按涉密处置”，不能再往下流转"
        found.refuse(each, sentence)
    elif passes and each.answer == INVOLVED and not each.words:
        sentence = f"{each.item.name}：写明涉及的内容怎么处理了，比如哪一处已经遮盖"
        found.refuse(each, sentence, ".words")
    elif passes and each.answer == UNSURE:
        sentence = f"{each.item.name}：拿不准的不能通过，点“拿不准，报请确定”"
        found.refuse(each, sentence)
    elif passes:
        _require_answer(found, each)


def content_sheet(step: Step, typed: Mapping[str, str], outcome: str) -> Sheet:
    """Read and judge the answers of a legal reviewer."""
    found = Sheet("checks")
    every = tuple(copies(step))
    for copy in every:
        checks = content_checks(step.work, step.case)
        found.read(typed, (copy,), checks, {FIT, UNFIT})
    together = publication_checks(step.work, step.case)
    found.read(typed, every, together, {FIT, UNFIT}, key=ALL_PAPERS)
    for each in found.given:
        if each.answer == UNFIT and not each.words:
            found.refuse(each, f"{each.item.name}：写明是什么问题", ".words")
        elif outcome == "passed" and each.answer == UNFIT:
            found.refuse(each, f"{each.item.name}：有问题的不能通过，退回修改")
        elif outcome == "passed":
            _require_answer(found, each)
    return found


def _require_answer(found: Sheet, each: Given) -> None:
    if not each.answer:
        found.refuse(each, f"{each.about}的“{each.item.name}”还没有答")


def copies(step: Step) -> list[PaperVersion]:
    """Return the public copies of the papers that are to leave."""
    found = [
        version.paper.public_copy for version in papers.leaving(step.work, step.case)
    ]
    return [copy for copy in found if copy is not None]


def keep(step: Step, given: Sequence[Given]) -> None:
    """Keep each answer as an opinion on the bytes that were read."""
    for each in given:
        for copy in each.copies if each.answer else ():
            opinions.give(step, copy, each.answer, each.words, aspect=each.item.code)
