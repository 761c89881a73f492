-- What people rated, and what the judge was shown for its own sake, are few among many: found by time without reading the
-- rest.
create index agent_performance_scores_rated on agent_performance_scores (scored_at) where user_rating is not null;
create index judgements_samples on judgements (created_at) where purpose <> 'score';
