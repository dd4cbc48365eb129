import { statementStep } from './traced-statements';

it.each([
  ["SELECT `t`.`id` FROM `tickets` `t` WHERE subject = 'secret'", 'SELECT tickets'],
  ['insert into "messages" ("id") VALUES (?)', 'INSERT messages'],
  ['UPDATE conversations SET staffSeq = staffSeq + 1', 'UPDATE conversations'],
  ['  (SELECT number FROM tickets) UNION ALL (SELECT number FROM other)', 'SELECT tickets'],
  ['START TRANSACTION', 'START'],
  ['', 'UNKNOWN'],
])('a statement is told by what it does and to which table: %s', (sql, name) => {
  const step = statementStep('mysql', sql);
  expect(step.name).toBe(name);
  expect(JSON.stringify(step)).not.toContain('secret');
});
