import { afterAll, describe, expect, it } from 'vitest';
import type { Definition, Scope, State } from '../asl-lint.ts';
import { unvisited } from './coverage.ts';
import { answers, fails, type Path } from './path.ts';
import { Stage } from './stage.ts';
import type { Visit } from './visits.ts';

const scope = (States: Readonly<Record<string, State>>): Scope => ({
  StartAt: Object.keys(States)[0] ?? '',
  States,
});

const ask = (fields: Partial<State>): State => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: '${AskFunctionArn}', Payload: '{% $states.input %}' },
  TimeoutSeconds: 60,
  ...fields,
});

/** One of everything that can go unvisited. */
const definition: Definition = {
  Comment: '',
  QueryLanguage: 'JSONata',
  TimeoutSeconds: 3600,
  ...scope({
    'Many?': {
      Type: 'Choice',
      Choices: [
        { Condition: "{% $states.input.size = 'many' %}", Next: 'Each' },
        { Condition: "{% $states.input.size = 'all' %}", Next: 'Each' },
      ],
      Default: 'Both',
    },
    Each: {
      Type: 'Map',
      Items: [1, 2],
      ItemProcessor: scope({ AskOne: ask({ End: true }) }),
      Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Broken' }],
      Next: 'Done',
    },
    Both: {
      Type: 'Parallel',
      Branches: [scope({ AskLeft: ask({ End: true }) }), scope({ AskRight: ask({ End: true }) })],
      End: true,
    },
    Broken: { Type: 'Fail' },
    Done: { Type: 'Succeed' },
  }),
};

const one = answers({});
const many: Path = {
  name: 'many',
  given: { size: 'many' },
  tasks: { AskOne: [one, one] },
  ends: 'SUCCEEDED',
};
const all: Path = { ...many, name: 'all', given: { size: 'all' } };
const both: Path = {
  name: 'both',
  tasks: { AskLeft: [one], AskRight: [one] },
  ends: 'SUCCEEDED',
  passes: ['Many?', 'Both', 'AskLeft', 'AskRight'],
};
/** The other iteration is cut off with the one that fails. */
const retried: Path = { ...many, name: 'retried', tasks: { AskOne: [fails('Busy'), one, one, one] } };
const usedUp: Path = {
  ...many,
  name: 'used up',
  tasks: { AskOne: [fails('Busy'), one, fails('Busy'), one] },
  ends: { error: 'FAILED' },
};

const paths = [many, all, both, retried, usedUp];

const stages: Stage[] = [];
afterAll(() => {
  for (const each of stages) each.close();
});

function stage(): Stage {
  const made = new Stage(definition);
  stages.push(made);
  return made;
}

/** Names what the paths leave out, and fails where one goes otherwise than told. */
async function leftBy(played: readonly Path[]): Promise<readonly string[]> {
  const visits: Visit[] = [];
  const own = stage();
  for (const path of played) {
    const run = await own.play(path, {});
    expect(run, path.name).toMatchObject({ mismatches: [], ends: path.ends });
    visits.push(...run.visits);
  }
  return unvisited(definition, visits);
}

describe('what paths leave unvisited', () => {
  it('is nothing when they go everywhere', async () => {
    expect(await leftBy(paths)).toEqual([]);
  });

  it.each<[Path, readonly string[]]>([
    [all, ['Many?, Choices[1] to Each']],
    [
      both,
      ['Many?, Default to Both', 'Both', 'Both, End', 'AskLeft', 'AskLeft, End', 'AskRight', 'AskRight, End'],
    ],
    [usedUp, ['Each, Catch[0] to Broken', 'Each, Retry[0] gives up', 'Broken']],
  ])('is named without the path "$name"', async (path, lines) => {
    expect(await leftBy(paths.filter((each) => each !== path))).toEqual(lines);
  });
});

describe('a path that tells something else than what happens', () => {
  const mismatchesOf = async (tasks: Path['tasks']) =>
    (await stage().play({ ...both, tasks }, {})).mismatches;

  it('is told of a try that it does not tell', async () => {
    expect(await mismatchesOf({ AskLeft: [one] })).toEqual([
      'AskRight is tried once more than the path tells',
    ]);
  });

  it('is told of a turn that is left over, and of a task that is not there', async () => {
    expect(await mismatchesOf({ AskLeft: [one, one], AskRight: [one], AskMiddle: [one] })).toEqual([
      'AskLeft is tried less often than the path tells, by 1',
      'AskMiddle is tried less often than the path tells, by 1',
    ]);
  });
});
