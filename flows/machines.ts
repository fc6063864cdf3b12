import type { Role } from './heard';
import { instructor } from './instructor/instructor';
import { owner } from './owner/owner';
import { student } from './student/student';

/** Raised whenever a stored conversation of before would no longer mean the same; older ones restart politely. */
export const FLOW_VERSION = 1;

export const machines = { student, instructor, owner } as const satisfies Record<Role, unknown>;

/** What the numbers of the menu stand for, in the order in which `ask.menu` names them. */
export const MENU = ['book', 'list_lessons', 'price', 'human'] as const;
