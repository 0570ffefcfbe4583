export const handler = () => Promise.reject(new Error('Not built yet'));
