-- Who may see what. The owner of the tables is no superuser and is itself bound by the policies (FORCE).
-- Each transaction takes the role dss_app and names its school: set_config('app.school', <id>, true).
create extension if not exists btree_gist;

do $$
declare
  wanted text;
begin
  foreach wanted in array array['dss_app', 'dss_sweep'] loop
    begin
      execute format('create role %I nologin', wanted);
    exception when duplicate_object or unique_violation then null; -- roles belong to the whole server
    end;
    -- Since version 16 the maker of a role may hand it out, but not take it on, until granted so.
    if current_setting('server_version_num')::int < 160000 then
      execute format('grant %I to %I', wanted, current_user);
    elsif not pg_has_role(current_user, wanted, 'set') then
      execute format('grant %I to %I with inherit false, set true', wanted, current_user);
    end if;
  end loop;
end $$;

grant usage on schema public to dss_app, dss_sweep;

-- Every table with a school_id is shut in by this one procedure.
create procedure isolate(shut_in regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', shut_in);
  execute format('alter table %s force row level security', shut_in);
  execute format('create policy only_this_school on %s using (school_id = nullif(current_setting(''app.school'', true), '''')::uuid)'
    ' with check (school_id = nullif(current_setting(''app.school'', true), '''')::uuid)', shut_in);
  execute format('grant select, insert, update, delete on %s to dss_app', shut_in);
end $$;

-- The sweep sees of all schools which row falls due when, and nothing else.
create procedure let_the_sweep_see(seen regclass, columns text) language plpgsql as $$
begin
  execute format('create policy sweep_sees_all on %s for select to dss_sweep using (true)', seen);
  execute format('grant select (%s) on %s to dss_sweep', columns, seen);
end $$;
