-- What was said, where each conversation stands, and all that falls due later.
create table conversations (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  phone text not null,
  place jsonb not null,
  flow_version integer not null,
  -- A person answers instead of the bot since then.
  taken_over_at timestamptz,
  opted_out_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (school_id, id),
  constraint phone_is_one_conversation unique (school_id, phone)
);
call isolate('conversations');

-- Things that happen to a conversation without a text: a deposit landed, a hold ran out, a code fell due.
create table events (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  conversation_id uuid not null,
  kind text not null,
  -- What makes it one event ("lesson:<id>:<start>:code"); asked for again it is the same.
  key text not null,
  lesson_id uuid,
  payload jsonb not null default '{}',
  due_at timestamptz not null,
  done_at timestamptz,
  outcome text,
  attempts integer not null default 0,
  created_at timestamptz not null,
  primary key (school_id, id),
  constraint event_happens_once unique (school_id, key),
  foreign key (school_id, conversation_id) references conversations (school_id, id),
  foreign key (school_id, lesson_id) references lessons (school_id, id)
);
create index events_due on events (due_at) where done_at is null;
call isolate('events');
call let_the_sweep_see('events', 'id, school_id, due_at, done_at');

create table sms_logs (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  seq bigint generated always as identity,
  conversation_id uuid,
  lesson_id uuid,
  otp_event_id uuid,
  direction text not null constraint direction_is_known check (direction in ('in', 'out')),
  phone text not null,
  message_type text not null,
  body text not null,
  status text not null,
  status_reason text,
  segments smallint,
  -- Out: when it is to go, when it is of no more use, and the start of the lesson of which it speaks.
  due_at timestamptz not null,
  expires_at timestamptz,
  lesson_start timestamptz,
  claimed_at timestamptz,
  attempts integer not null default 0,
  provider_sid text,
  error_code integer,
  sent_at timestamptz,
  created_at timestamptz not null,
  primary key (school_id, id),
  constraint message_status_fits_its_direction check (
    (direction = 'in' and status in ('received', 'failed')) or
    (direction = 'out' and status in ('queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'skipped'))),
  constraint sent_message_has_a_provider_sid check (status not in ('sent', 'delivered') or provider_sid is not null),
  foreign key (school_id, conversation_id) references conversations (school_id, id),
  foreign key (school_id, lesson_id) references lessons (school_id, id),
  foreign key (school_id, otp_event_id) references otp_events (school_id, id)
);
create index messages_due on sms_logs (due_at) where status in ('queued', 'sending');
create index messages_of_phone on sms_logs (school_id, phone, seq);
create index messages_waiting_of_phone on sms_logs (school_id, phone, due_at, seq) where status in ('queued', 'sending');
create index messages_of_lesson on sms_logs (school_id, lesson_id);
create index message_by_sid on sms_logs (school_id, provider_sid);
call isolate('sms_logs');
call let_the_sweep_see('sms_logs', 'id, school_id, due_at, status, claimed_at');

-- Uniqueness that outlives sms_logs, whose rows are cleared away (and may be partitioned).
create table inbound_sids (
  school_id uuid not null references schools (id),
  provider_sid text not null,
  created_at timestamptz not null,
  constraint text_is_handled_once primary key (school_id, provider_sid)
);
call isolate('inbound_sids');

create table message_keys (
  school_id uuid not null references schools (id),
  key text not null,
  message_id uuid not null,
  created_at timestamptz not null,
  constraint message_is_written_once primary key (school_id, key)
);
call isolate('message_keys');

-- What a person of the office should look at.
create table alerts (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  conversation_id uuid,
  kind text not null,
  detail text not null default '',
  created_at timestamptz not null,
  resolved_at timestamptz,
  primary key (school_id, id),
  foreign key (school_id, conversation_id) references conversations (school_id, id)
);
create index alerts_open on alerts (school_id, created_at) where resolved_at is null;
call isolate('alerts');

create table daily_stats (
  school_id uuid not null references schools (id),
  stat_date date not null,
  lessons_completed integer not null default 0,
  revenue_cents bigint not null default 0,
  cancellations integer not null default 0,
  computed_at timestamptz not null,
  primary key (school_id, stat_date)
);
call isolate('daily_stats');
