-- Who waits for a slot to open, and to whom a freed one was offered. What frees a slot is an event of the school:
-- it belongs to nobody's conversation, and stays open until the slot is taken or nobody is left to ask.
alter table events alter column conversation_id drop not null;
alter table events add constraint event_is_of_a_conversation_or_the_school
  check ((conversation_id is null) = (kind = 'slot_freed'));
-- A question of ours waits while another is being answered, since then; it is asked when the conversation comes to rest.
alter table events add column put_off_since timestamptz;
create index events_put_off on events (school_id, conversation_id) where done_at is null and put_off_since is not null;

create table waitlist_entries (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  -- The order in which people are asked.
  seq bigint generated always as identity,
  student_id uuid not null,
  lesson_type_id uuid not null,
  -- Null: with whom does not matter.
  instructor_id uuid,
  -- When a lesson is wanted, as it was heard (flows/heard.ts), on the school's wall clock.
  wish jsonb not null,
  status text not null constraint entry_status_is_known check (status in ('waiting', 'met', 'left')),
  -- When the last of its days is over; from then on nobody waits, whatever the status says.
  ends_at timestamptz not null,
  closed_at timestamptz,
  created_at timestamptz not null,
  primary key (school_id, id),
  constraint closed_entry_says_when check ((status = 'waiting') = (closed_at is null)),
  foreign key (school_id, student_id) references students (school_id, id),
  foreign key (school_id, lesson_type_id) references lesson_types (school_id, id),
  foreign key (school_id, instructor_id) references instructors (school_id, id)
);
create unique index wish_is_listed_once on waitlist_entries (school_id, student_id, lesson_type_id, md5(wish::text)) where status = 'waiting';
create index entries_waiting on waitlist_entries (school_id, seq) where status = 'waiting';
call isolate('waitlist_entries');

create table waitlist_offers (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  freed_event_id uuid not null,
  entry_id uuid not null,
  student_id uuid not null,
  instructor_id uuid not null,
  lesson_type_id uuid not null,
  start_time timestamptz not null,
  end_time timestamptz not null,
  -- planned: to be asked as soon as the conversation is at rest; passed: it could not be asked; gone: somebody was quicker.
  status text not null constraint offer_status_is_known
    check (status in ('planned', 'asked', 'taken', 'refused', 'ignored', 'passed', 'gone')),
  expires_at timestamptz,
  closed_at timestamptz,
  created_at timestamptz not null,
  primary key (school_id, id),
  constraint asked_offer_says_until_when check (status <> 'asked' or expires_at is not null),
  constraint closed_offer_says_when check ((status in ('planned', 'asked')) = (closed_at is null)),
  constraint slot_is_offered_to_one_at_a_time exclude using gist
    (school_id with =, instructor_id with =, tstzrange(start_time, end_time) with &&) where (status in ('planned', 'asked')),
  foreign key (school_id, freed_event_id) references events (school_id, id),
  foreign key (school_id, entry_id) references waitlist_entries (school_id, id),
  foreign key (school_id, student_id) references students (school_id, id),
  foreign key (school_id, instructor_id) references instructors (school_id, id),
  foreign key (school_id, lesson_type_id) references lesson_types (school_id, id)
);
create unique index freed_slot_is_offered_to_one_at_a_time on waitlist_offers (school_id, freed_event_id) where status in ('planned', 'asked');
create unique index student_is_asked_once_of_a_freed_slot on waitlist_offers (school_id, freed_event_id, student_id);
create index offers_of_entry on waitlist_offers (school_id, entry_id);
call isolate('waitlist_offers');
