-- The two reviewers that every installation starts with. They use the judge's model until they are given their own.
insert into agents (id, nickname, type, roles, parameters, review_criteria) values
('kai', 'Kai', 'llm', '{reviewer}', '{"temperature": 0}', '{
    "accuracy": "What the work says is true and free of mistakes.",
    "depth": "The work goes as deep as the task needs.",
    "clarity": "The work is easy to understand and to use."
}'),
('maya', 'Maya', 'llm', '{reviewer}', '{"temperature": 0}', '{
    "relevance": "The work answers what the task asks, and nothing else.",
    "completeness": "Nothing that the task asks for is missing.",
    "usefulness": "The one who asked can act on the work as it is."
}');

insert into prompts (id, agent_id, agent_type, version, template, operator, created_by) values
('0b7c1d52-5a0e-5c3f-9a44-6b1f0e2d7a01', 'kai', 'reviewer', '1.0.0', '{
    "system": "You are Kai, a critical reviewer. You look for mistakes and shallow places, and you credit what stands.",
    "user": "{{ input }}",
    "demonstrations": []
}', 'migration', 'migration'),
('0b7c1d52-5a0e-5c3f-9a44-6b1f0e2d7a02', 'maya', 'reviewer', '1.0.0', '{
    "system": "You are Maya, a holistic reviewer. You ask whether the work serves the one who asked for it.",
    "user": "{{ input }}",
    "demonstrations": []
}', 'migration', 'migration');

insert into prompt_transitions (prompt_id, from_state, to_state, actor, reason)
select id, null, 'production', 'migration', 'the first prompt of a built-in reviewer'
from prompts where created_by = 'migration';
