/** An e-mail address, as far as its form shows. */
export const EMAIL_ADDRESS = /^[^\s@]+@[^\s@]+$/;
