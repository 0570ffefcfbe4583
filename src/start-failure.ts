/** What a visitor sees when the app cannot start: plain elements, for nothing else can be relied on here. */
export function showStartFailure(): void {
  const page = document.createElement('main');
  page.className = 'page narrow';
  const heading = document.createElement('h1');
  heading.textContent = $localize`:@@start.failed:HourBank cannot start right now`;
  const text = document.createElement('p');
  text.className = 'lead';
  text.textContent = $localize`:@@start.failedText:We could not reach the bank. Check your connection, then try again. Your hours are safe.`;
  const retry = document.createElement('button');
  retry.type = 'button';
  retry.className = 'plain-button';
  retry.textContent = $localize`:@@start.retry:Try again`;
  retry.addEventListener('click', () => {
    location.reload();
  });
  page.setAttribute('role', 'alert');
  page.append(heading, text, retry);
  document.body.replaceChildren(page);
}
