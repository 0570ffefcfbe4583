import { expect, it } from 'vitest';
import { templateProblem } from './template-check.ts';

const roots = { util: { isNull: () => true, time: { now: () => 1 } } };

it.each([
  '$util.isNull($x) $util.time.now() $x.anything($util.isNull(1))',
  '#if($util.isNull($x))#set($y = {"a": $util.time.now().z})#end',
])('a template that calls what there is has no problem: %s', (template) => {
  expect(templateProblem(template, roots)).toBeUndefined();
});

it.each([
  ['$util.nothing()', 'there is no $util.nothing'],
  ['#if(true)#set($x = [{"a": $util.time.later()}])#end', 'there is no $util.time.later'],
  ['$x.put("a", $util.dates.now())', 'there is no $util.dates.now'],
])('a template that calls what there is not has one: %s', (template, problem) => {
  expect(templateProblem(template, roots)).toBe(problem);
});

it('a template that is not Velocity has one', () => {
  expect(templateProblem('#if($x', roots)).toMatch(/^it is not Velocity: /);
});
