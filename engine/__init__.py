"""How any process runs; knows no law.

Glossary, kept in code, diagrams, database, screens and tests:

- process definition: the diagram and what lies beside it, in versions.
- process instance: one run of a definition, the engine's half of a case.
- case: the office's half: the instance and the record it is about.
- task: work for a person; a notice is a task that only tells somebody something.
- candidate group: who may claim a task: a role in an organisation (the lane).
- assignee: who has claimed it. claim, unclaim, complete: what one does with it.
- time limit: the rule that gives a due date; deadline: one such date in a case.
- rung: one step of the ladder that tells more and more people that time runs out.
- timer: a rung that waits for its instant; incident: what failed and needs a person.
- expiry: the timer that ends a task when its limit has passed.
- called process: one that a diagram calls by id; its folder stays its own.
- duty: what a step does to the matter: making, reviewing or approving it.
- place: the organisation with which a task lies; its part is named by the lane.
- co-signing (会签): several organisations at one step; round: each one's vote, once.
- history: what happened, in sentences; outbox: what leaves the system after commit.
- subject: a person or a candidate group, as the key of inbox and sight.
- root: one tree of organisations; nothing crosses from one root to another.
"""
