import type { ButtonHTMLAttributes, ReactNode } from 'react';

import { Icon, type IconName } from './Icon';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'primary' | 'plain' | 'danger';
  icon?: IconName;
  small?: boolean;
  /** Of a button without text. */
  label?: string;
}

export function Button({ look, icon, small, label, children, ...rest }: Props): ReactNode {
  const classes = ['button', look, small ? 'small' : '', children ? '' : 'icon'].filter(Boolean).join(' ');
  return (
    <button type="button" className={classes} aria-label={label} title={label} {...rest}>
      {icon && <Icon name={icon} size={small ? 13 : 15} />}
      {children}
    </button>
  );
}
