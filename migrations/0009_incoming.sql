-- How a phone talks to us, when its last text was written (by the provider's time), since when it is in or out of texts,
-- and what it was answered in the last day: `[[ms, likeness or null, answered], ...]`, no words.
alter table conversations
  add column channel text not null default 'sms' constraint channel_is_known check (channel in ('sms', 'whatsapp')),
  add column heard_at timestamptz,
  add column opt_changed_at timestamptz,
  add column answers jsonb not null default '[]' constraint answers_are_few check (jsonb_array_length(answers) <= 500);

-- When the lesson was last spoken of by a reminder, for which start, and when its student said that they are coming.
alter table lessons
  add column reminded_at timestamptz,
  add column reminded_for timestamptz,
  add column attending_at timestamptz;

-- Texts of a school's day are counted here; words older than the school keeps them are found here.
create index messages_sent on sms_logs (school_id, sent_at) where direction = 'out' and sent_at is not null;
create index messages_with_words on sms_logs (school_id, created_at) where body <> '';
create index codes_made on otp_events (school_id, created_at);
create index events_done on events (school_id, done_at) where done_at is not null;

-- A lesson that was written or changed, however it came about, and for which nothing has been planned since.
create table lessons_to_plan (
  school_id uuid not null references schools (id),
  lesson_id uuid not null,
  constraint lesson_is_planned_once primary key (school_id, lesson_id),
  foreign key (school_id, lesson_id) references lessons (school_id, id)
);
call isolate('lessons_to_plan');
call let_the_sweep_see('lessons_to_plan', 'school_id, lesson_id');

create function plan_again() returns trigger language plpgsql as $$
begin
  insert into lessons_to_plan (school_id, lesson_id) values (new.school_id, new.id) on conflict do nothing;
  return null;
end $$;
create trigger changed_lesson_is_planned_again
  after insert or update of start_time, end_time, status, instructor_id, lesson_type_id, hold_expires_at on lessons
  for each row when (new.status in ('pending', 'confirmed', 'in_progress')) execute function plan_again();

-- What a school has to have done from time to time, and how far it was done.
create table school_work (
  school_id uuid not null references schools (id),
  kind text not null constraint work_is_known check (kind in ('take_up_texts', 'forget_words')),
  due_at timestamptz not null,
  done_until timestamptz not null,
  constraint work_of_a_school_is_one_row primary key (school_id, kind)
);
create index school_work_due on school_work (due_at);
call isolate('school_work');
call let_the_sweep_see('school_work', 'school_id, kind, due_at');
