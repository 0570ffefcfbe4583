/** What a number of a step chooses: one past the end begins again at the first, -1 is the last. */
export function at<Item>(items: readonly Item[], index: number): Item {
  const item = index < 0 ? items.at(index) : items[index % items.length];
  if (item === undefined) throw new Error('There is nothing to choose from');
  return item;
}
