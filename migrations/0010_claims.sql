-- Until when whoever sends a text may be at it, by the database's own clock: a school's clock may jump, in the simulator for one.
-- Null once its sender has settled it, as in doubt too.
alter table sms_logs add column held_until timestamptz;
grant select (held_until) on sms_logs to dss_sweep;
