import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';
import { connectToBackend } from './app/shared/api/backend-connection';
import { showStartFailure } from './start-failure';

/** One build serves every backend: which one is told by `/amplify_outputs.json`, read at start. */
async function start(): Promise<void> {
  try {
    await connectToBackend();
    await bootstrapApplication(App, appConfig);
  } catch (error) {
    console.error(error);
    showStartFailure();
  }
}

void start();
