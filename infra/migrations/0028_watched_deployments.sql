-- The optimizer takes canaries back and gives them all tasks; it starts none.
do $$
begin
    if to_regrole('hone_optimizer') is not null then
        grant select, update on deployments to hone_optimizer;
    end if;
end
$$;
