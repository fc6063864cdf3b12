const CHANGES = {
  register_student: 'the phone now has a name',
  hold_lesson: 'a lesson is held, its deposit asked',
  book_lesson: 'a lesson is booked, reminders and code planned',
  move_lesson: 'the lesson has a new time; its deposit goes along',
  drop_lesson: 'the lesson is cancelled',
  end_hold: 'the lesson is let go, its deposit failed',
  send_code: 'a start code is made; its text holds a placeholder',
  count_guess: 'one wrong try is counted',
  start_lesson: 'the lesson is now in progress',
  complete_lesson: 'the lesson is now completed',
  tell: 'another phone is told',
  hand_off: 'a person takes over; the office is told',
  alert: 'the office is told',
  opt_out: 'the phone gets no more texts; no answer may go',
  opt_in: 'the phone gets texts again',
  opted_out: 'nothing: the phone has opted out',
  left_to_a_person: 'nothing: a person answers this conversation',
};

/** What a command changed, in a few words; empty for one that this page does not know. */
export const changeOf = (kind) => CHANGES[kind] ?? '';
