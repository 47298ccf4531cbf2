// Two counters in one stack. They share nothing.
import { App, Stack } from 'aws-cdk-lib';
import { SessionCounter } from 'session-counter';

const stack = new Stack(new App(), 'Counters');
new SessionCounter(stack, 'Blog', { allowedOrigins: ['https://blog.example.com'] });
new SessionCounter(stack, 'Shop', { allowedOrigins: ['https://shop.example.com'] });
