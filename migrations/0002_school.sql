-- A school, its people and what it teaches. Primary keys begin with school_id, and so does every foreign key:
-- no row can point into another school.
create table schools (
  id uuid primary key,
  name text not null,
  timezone text not null,
  state text not null,
  phone text not null constraint school_has_its_own_number unique,
  owner_phone text not null,
  payid text not null,
  policy jsonb not null default '{}',
  created_at timestamptz not null
);
alter table schools enable row level security;
alter table schools force row level security;
create policy only_this_school on schools using (id = nullif(current_setting('app.school', true), '')::uuid)
  with check (id = nullif(current_setting('app.school', true), '')::uuid);
grant select, insert, update on schools to dss_app;
call let_the_sweep_see('schools', 'id, phone');

create table students (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  phone text not null,
  name text not null,
  suburb text,
  transmission text constraint transmission_is_known check (transmission in ('auto', 'manual')),
  otp_verified boolean not null default false,
  created_at timestamptz not null,
  primary key (school_id, id),
  constraint phone_is_one_student unique (school_id, phone)
);
call isolate('students');

-- Others who learn on a student's phone: a child, a sibling.
create table learners (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  student_id uuid not null,
  name text not null,
  created_at timestamptz not null,
  primary key (school_id, id),
  constraint learner_is_of_this_student unique (school_id, student_id, id),
  foreign key (school_id, student_id) references students (school_id, id)
);
call isolate('learners');

create table instructors (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  name text not null,
  phone text not null,
  max_hours_per_week integer not null default 60 constraint weekly_hours_are_possible check (max_hours_per_week between 0 and 168),
  active boolean not null default true,
  created_at timestamptz not null,
  primary key (school_id, id),
  constraint phone_is_one_instructor unique (school_id, phone)
);
call isolate('instructors');

-- Wall clock of the school's zone; weekday 1 is Monday.
create table working_hours (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  instructor_id uuid not null,
  weekday smallint not null constraint weekday_is_one_to_seven check (weekday between 1 and 7),
  from_time time not null,
  to_time time not null,
  primary key (school_id, id),
  constraint hours_end_after_they_begin check (to_time > from_time),
  foreign key (school_id, instructor_id) references instructors (school_id, id)
);
create index working_hours_of_instructor on working_hours (school_id, instructor_id, weekday);
call isolate('working_hours');

create table time_off (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  instructor_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason text,
  created_at timestamptz not null,
  primary key (school_id, id),
  constraint time_off_ends_after_it_begins check (ends_at > starts_at),
  foreign key (school_id, instructor_id) references instructors (school_id, id)
);
create index time_off_of_instructor on time_off (school_id, instructor_id, ends_at);
call isolate('time_off');

create table lesson_types (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  name text not null,
  duration_minutes integer not null constraint duration_is_possible check (duration_minutes between 15 and 600),
  price_cents integer not null constraint price_is_not_negative check (price_cents >= 0),
  deposit_cents integer not null constraint deposit_is_within_price check (deposit_cents between 0 and price_cents),
  position integer not null default 0,
  active boolean not null default true,
  created_at timestamptz not null,
  primary key (school_id, id),
  constraint lesson_type_has_its_own_name unique (school_id, name)
);
call isolate('lesson_types');
