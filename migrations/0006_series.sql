-- Several lessons are booked by one YES and paid by one payment under one reference.

-- Deposits that were asked for together share `asked_with` and their reference; every other deposit has its own of both.
alter table payment_deposits
  add column asked_with uuid not null default gen_random_uuid(),
  -- The credit of the bank that paid it; null when it was paid from the student's credit, or not yet.
  add column paid_by uuid,
  add constraint deposit_was_paid_by_a_credit_of_the_bank foreign key (school_id, paid_by) references bank_transactions (school_id, id),
  add constraint only_what_is_confirmed_was_paid check (paid_by is null or status = 'confirmed'),
  drop constraint reference_is_one_deposit,
  add constraint reference_is_one_request exclude using gist
    (school_id with =, payid_reference with =, asked_with with <>);
update payment_deposits d set paid_by = b.id from bank_transactions b
  where b.school_id = d.school_id and b.deposit_id = d.id and b.outcome = 'confirmed' and d.status = 'confirmed';
create index deposits_by_reference on payment_deposits (school_id, payid_reference);
create index deposits_paid_by on payment_deposits (school_id, paid_by) where paid_by is not null;

-- A learner is known on their phone by one name.
create unique index learner_is_named_once on learners (school_id, student_id, lower(name));
