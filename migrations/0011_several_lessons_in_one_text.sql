-- The lessons that one reminder speaks of when it is of several, with the starts that it tells and the happening that each was due by.
create table message_lessons (
  school_id uuid not null references schools (id),
  message_id uuid not null,
  lesson_id uuid not null,
  lesson_start timestamptz not null,
  event_id uuid not null,
  constraint lesson_is_told_once_in_a_text primary key (school_id, message_id, lesson_id),
  foreign key (school_id, message_id) references sms_logs (school_id, id) on delete cascade,
  foreign key (school_id, lesson_id) references lessons (school_id, id),
  foreign key (school_id, event_id) references events (school_id, id) on delete cascade
);
create index message_lessons_of_event on message_lessons (school_id, event_id);
call isolate('message_lessons');
