import { Service } from '@angular/core';
import { ApiError } from './api-error';

/** Puts a file where a signed address allows it. By XMLHttpRequest: `fetch` tells nothing of how far it is. */
@Service()
export class FileTransfer {
  /**
   * @param told hears how much has gone, from 0 to 1
   * @throws ApiError OFFLINE, or UNEXPECTED where the address no longer takes it
   */
  put(url: string, contentType: string, file: File, told: (part: number) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.upload.addEventListener('progress', ({ loaded, total }) => {
        told(total === 0 ? 0 : loaded / total);
      });
      request.addEventListener('load', () => {
        if (request.status >= 200 && request.status < 300) resolve();
        else reject(new ApiError('UNEXPECTED', `The file was answered with ${request.status}`));
      });
      request.addEventListener('error', () => {
        reject(new ApiError('OFFLINE', 'The file could not be sent'));
      });
      request.open('PUT', url);
      request.setRequestHeader('Content-Type', contentType);
      request.send(file);
    });
  }
}
