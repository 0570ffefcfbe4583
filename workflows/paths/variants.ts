import { fails, failsForGood, type Path, type Turn } from './path.ts';

/** A path that tells every state it passes, and one turn for each visit of a task. */
export type Story = Path & Required<Pick<Path, 'passes'>>;

/** A task's turn in place of the one that the story tells, and what to call it. */
export interface Twist {
  readonly turn: Turn;
  /** As in `where ValidateRequest fails for good`. */
  readonly how: string;
}

/** A fault that outlasts every retry. */
export const FAILS_FOR_GOOD: Twist = { turn: failsForGood(), how: 'fails for good' };

/** The same story with a fault in each of these tasks by turns: it is tried again, and all goes on as before. */
export const withFaults = (story: Path, tasks = Object.keys(story.tasks)): readonly Path[] =>
  tasks.map((task) => ({
    ...story,
    name: `${story.name}, though ${task} fails once`,
    tasks: { ...story.tasks, [task]: [fails(), ...(story.tasks[task] ?? [])] },
  }));

/** The same story though the first visit of a task goes otherwise. */
export const though = (story: Path, task: string, { turn, how }: Twist): Path => ({
  ...story,
  name: `${story.name}, though ${task} ${how}`,
  tasks: { ...story.tasks, [task]: [turn, ...(story.tasks[task] ?? []).slice(1)] },
});

/** The story up to the first visit of a task, which goes otherwise; from there on, the other story. */
export function unless(story: Story, task: string, { turn, how }: Twist, other: Story): Path {
  const before = story.passes.slice(0, story.passes.indexOf(task));
  const tasks = Object.entries(story.tasks).map(([name, turns]): [string, readonly Turn[]] => {
    const visits = before.filter((passed) => passed === name).length;
    return [name, name === task ? [...turns.slice(0, visits), turn] : turns.slice(0, visits)];
  });
  return {
    ...other,
    ...(story.given && { given: story.given }),
    name: `${other.name} when ${task} ${how}`,
    tasks: { ...Object.fromEntries(tasks), ...other.tasks },
    passes: [...before, task, ...other.passes],
  };
}

/** The rest of a story in which the execution stops where it is, for an operator to redrive. */
export const parkedBy = (error: string, ...passes: readonly string[]): Story => ({
  name: 'is parked',
  tasks: {},
  ends: { error },
  passes,
});
