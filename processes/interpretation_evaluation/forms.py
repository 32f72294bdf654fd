"""What is filled in about an interpretation some weeks after it was published."""

from engine.authoring import Form, choice, line, outcome, paragraph
from models.interpretations import Understanding


class InterpretationEvaluate(Form):
    """评估解读效果: reach, understanding, questions, and what to do better."""

    reach = line(longest=9)
    questions = line(longest=9)
    understanding = choice([value.value for value in Understanding])
    evaluation = paragraph(longest=3000)
    outcome = outcome("evaluated")
