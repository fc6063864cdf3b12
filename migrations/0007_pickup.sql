-- Where a student is picked up: as a rule, or (lessons.pickup) for one lesson, in the student's own words.
alter table students add column pickup text constraint pickup_is_a_short_line check (length(pickup) between 1 and 80);
alter table lessons add constraint pickup_is_a_short_line check (length(pickup) between 1 and 80);

-- What a late drop or move cost, one row a lesson. The lesson's paid deposit covers `kept_cents` of it; the rest is
-- owed until it is paid (with the lesson's own reference) or waived.
create table charges (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  student_id uuid not null,
  lesson_id uuid not null,
  amount_cents integer not null constraint charge_is_positive check (amount_cents > 0),
  kept_cents integer not null,
  bank_transaction_id uuid,
  paid_at timestamptz,
  waived_at timestamptz,
  waived_by text,
  waived_because text,
  created_at timestamptz not null,
  primary key (school_id, id),
  constraint lesson_is_charged_once unique (school_id, lesson_id),
  constraint kept_is_within_the_charge check (kept_cents between 0 and amount_cents),
  constraint waived_charge_says_who_and_why
    check ((waived_at is null) = (waived_by is null) and (waived_at is null) = (waived_because is null)),
  foreign key (school_id, student_id) references students (school_id, id),
  foreign key (school_id, lesson_id) references lessons (school_id, id),
  foreign key (school_id, bank_transaction_id) references bank_transactions (school_id, id)
);
create index charges_of_student on charges (school_id, student_id);
create index charges_owing on charges (school_id, created_at)
  where paid_at is null and waived_at is null and kept_cents < amount_cents;
call isolate('charges');
