export { AuthLinkPage } from './AuthLinkPage';
export { SetUpPage } from './SetUpPage';
export { SignInAgain, SignInPage } from './SignInPage';
