-- The diary. A lesson is live while pending, confirmed or in progress; the two exclusion constraints refuse
-- what the code may get wrong. They read no clock: a lapsed hold is ended by the turn that finds it in its way.
create table lessons (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  student_id uuid not null,
  learner_id uuid,
  instructor_id uuid not null,
  lesson_type_id uuid not null,
  start_time timestamptz not null,
  end_time timestamptz not null,
  -- The lesson and the school's buffer after it, as they were when it was written.
  busy tstzrange not null,
  status text not null constraint lesson_status_is_known
    check (status in ('pending', 'confirmed', 'cancelled', 'in_progress', 'completed')),
  reason text,
  price_cents integer not null constraint lesson_price_is_not_negative check (price_cents >= 0),
  hold_expires_at timestamptz,
  pickup text,
  note text,
  -- How the start was shown: by the student's code, or by the instructor's word.
  started_by text constraint start_is_known check (started_by in ('code', 'instructor')),
  started_at timestamptz,
  completed_at timestamptz,
  cancelled_at timestamptz,
  created_at timestamptz not null,
  primary key (school_id, id),
  constraint lesson_ends_after_it_starts check (end_time > start_time),
  constraint busy_covers_the_lesson check (lower(busy) = start_time and upper(busy) >= end_time),
  constraint pending_lesson_is_held_until check (status <> 'pending' or hold_expires_at is not null),
  constraint cancelled_lesson_says_when_and_why
    check (status <> 'cancelled' or (cancelled_at is not null and reason is not null)),
  constraint begun_lesson_says_when check (status not in ('in_progress') or started_at is not null),
  constraint completed_lesson_says_when check (status <> 'completed' or completed_at is not null),
  constraint instructor_is_free exclude using gist
    (school_id with =, instructor_id with =, busy with &&) where (status in ('pending', 'confirmed', 'in_progress')),
  constraint student_is_free exclude using gist
    (school_id with =, (coalesce(learner_id, student_id)) with =, tstzrange(start_time, end_time) with &&)
    where (status in ('pending', 'confirmed', 'in_progress')),
  foreign key (school_id, student_id) references students (school_id, id),
  foreign key (school_id, student_id, learner_id) references learners (school_id, student_id, id),
  foreign key (school_id, instructor_id) references instructors (school_id, id),
  foreign key (school_id, lesson_type_id) references lesson_types (school_id, id)
);
create index lessons_of_instructor on lessons (instructor_id, start_time);
create index lessons_of_student on lessons (student_id, start_time);
create index lessons_of_day on lessons (school_id, start_time);
create index lessons_cancelled_on_day on lessons (school_id, cancelled_at) where status = 'cancelled';
call isolate('lessons');

create table payment_deposits (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  lesson_id uuid not null,
  amount_cents integer not null constraint deposit_is_positive check (amount_cents > 0),
  payid_reference text not null,
  status text not null constraint deposit_status_is_known check (status in ('pending', 'confirmed', 'failed')),
  reason text,
  matched_at timestamptz,
  created_at timestamptz not null,
  primary key (school_id, id),
  constraint reference_is_one_deposit unique (school_id, payid_reference),
  constraint confirmed_deposit_says_when check ((status = 'confirmed') <= (matched_at is not null)),
  foreign key (school_id, lesson_id) references lessons (school_id, id)
);
create unique index lesson_has_one_live_deposit on payment_deposits (school_id, lesson_id) where status in ('pending', 'confirmed');
create index deposits_of_lesson on payment_deposits (school_id, lesson_id);
call isolate('payment_deposits');

-- One row a real credit, never changed but for what it was matched to.
create table bank_transactions (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  source text not null,
  source_id text not null,
  amount_cents integer not null,
  description text not null default '',
  reference text not null default '',
  payer text not null default '',
  received_at timestamptz not null,
  outcome text not null constraint outcome_is_known check (outcome in ('confirmed', 'queued', 'credited')),
  outcome_reason text not null,
  deposit_id uuid,
  created_at timestamptz not null,
  primary key (school_id, id),
  constraint credit_is_counted_once unique (school_id, source, source_id),
  foreign key (school_id, deposit_id) references payment_deposits (school_id, id)
);
create index transactions_of_deposit on bank_transactions (school_id, deposit_id);
create index transactions_waiting on bank_transactions (school_id, received_at) where outcome = 'queued';
call isolate('bank_transactions');

-- Money that a student has with the school, in cents; append-only. The balance is the sum.
create table credits (
  school_id uuid not null references schools (id),
  id uuid not null default gen_random_uuid(),
  student_id uuid not null,
  amount_cents integer not null constraint credit_is_not_nothing check (amount_cents <> 0),
  reason text not null,
  lesson_id uuid,
  bank_transaction_id uuid,
  created_at timestamptz not null,
  primary key (school_id, id),
  foreign key (school_id, student_id) references students (school_id, id),
  foreign key (school_id, lesson_id) references lessons (school_id, id),
  foreign key (school_id, bank_transaction_id) references bank_transactions (school_id, id)
);
create unique index credit_from_one_transaction on credits (school_id, bank_transaction_id) where bank_transaction_id is not null;
create index credits_of_student on credits (school_id, student_id);
call isolate('credits');
revoke update, delete on credits from dss_app;

create table otp_events (
  school_id uuid not null references schools (id),
  id uuid not null,
  lesson_id uuid not null,
  -- HMAC of the code with a key that is outside the database; the code itself is nowhere.
  otp_code text not null,
  nonce text not null,
  expires_at timestamptz not null,
  verified boolean not null default false,
  guesses integer not null default 0,
  ended_at timestamptz,
  created_at timestamptz not null,
  primary key (school_id, id),
  foreign key (school_id, lesson_id) references lessons (school_id, id)
);
create unique index lesson_has_one_open_code on otp_events (school_id, lesson_id) where ended_at is null and not verified;
create unique index lesson_is_started_once on otp_events (school_id, lesson_id) where verified;
create index codes_of_lesson on otp_events (school_id, lesson_id);
call isolate('otp_events');
