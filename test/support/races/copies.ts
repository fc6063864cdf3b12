import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

export type Copy = { id: string; phone: string };

/**
 * Copies of a school as it stands, with every row it has: questions, holds and what is to fall due. Each has an id and a
 * number of its own; all other ids stay, since every key begins with the school's.
 */
export async function copiesOf(adminUrl: string, schoolId: string, count: number): Promise<Copy[]> {
  const copies = Array.from({ length: count }, (_, at) => ({ id: randomUUID(), phone: `+6149${2_000_000 + at}` }));
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const { rows: tables } = await admin.query<{ name: string; columns: string }>(COLUMNS);
    await admin.query('begin');
    // Rows are taken as they are: no trigger makes others of them.
    await admin.query('set local session_replication_role = replica');
    for (const { name, columns } of tables) {
      const [from, to] = name === 'schools' ? ['id, phone,', 'c.id, c.phone,'] : ['school_id,', 'c.id,'];
      await admin.query(
        `insert into ${name} (${from} ${columns}) select ${to} ${columns.replace(/"[^"]+"/g, 't.$&')} from ${name} t,
           unnest($2::uuid[], $3::text[]) as c(id, phone) where t.${name === 'schools' ? 'id' : 'school_id'} = $1`,
        [schoolId, copies.map((one) => one.id), copies.map((one) => one.phone)],
      );
    }
    await admin.query('commit');
  } finally {
    await admin.end();
  }
  return copies;
}

/** Of every table of schools, what is copied as it is. */
const COLUMNS = `
  select table_name as name, string_agg('"' || column_name || '"', ', ') as columns
  from (select table_name, column_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
        where table_schema = 'public' and table_type = 'BASE TABLE' and is_generated = 'NEVER' and is_identity = 'NO'
          and not (table_name = 'schools' and column_name in ('id', 'phone')) and column_name <> 'school_id') own
  where table_name = 'schools' or table_name in (select table_name from information_schema.columns where table_schema = 'public' and column_name = 'school_id')
  group by table_name`;
