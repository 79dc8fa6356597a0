const en = { title: 'Sign in', email: 'E-mail address', password: 'Password' };

export default en;
