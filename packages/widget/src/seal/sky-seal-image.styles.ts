import { css } from 'lit';

export const sealImageStyles = css`
  .drop {
    display: grid;
    justify-items: center;
    gap: 8px;
    margin-top: 12px;
    padding: 24px 16px;
    border: 1px dashed var(--_edge);
    border-radius: var(--_radius);
    text-align: center;
  }
  .drop.over {
    background: var(--_tint);
    border-style: solid;
  }
  input[type='range'] {
    width: 100%;
    height: 44px;
    accent-color: var(--_primary);
  }
  .millimetres {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .millimetres .input {
    width: 112px;
  }
`;
