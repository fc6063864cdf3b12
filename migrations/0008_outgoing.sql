-- A text that could not be handed over keeps its place among the texts of its phone (due_at); it is tried again from retry_at.
alter table sms_logs
  add column retry_at timestamptz,
  -- What the provider charged, in millionths of the currency, where it says so.
  add column cost_micros bigint,
  add column cost_currency text,
  add constraint cost_has_a_currency check ((cost_micros is null) = (cost_currency is null));
create index messages_waiting_of_school on sms_logs (school_id, due_at, seq) where status in ('queued', 'sending');
create index messages_put_off on sms_logs (retry_at) where status = 'queued' and retry_at is not null;
grant select (retry_at) on sms_logs to dss_sweep;

-- How often in a row the provider took nothing of this school; after a while its sending pauses.
create table sending_troubles (
  school_id uuid not null references schools (id),
  in_a_row integer not null,
  since timestamptz not null,
  paused_until timestamptz,
  constraint troubles_of_a_school_are_one_row primary key (school_id)
);
call isolate('sending_troubles');
call let_the_sweep_see('sending_troubles', 'school_id, paused_until');
