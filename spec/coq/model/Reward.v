(** Reward: what whoever opens or resets a lot earns.

    The model of [src/core/Reward.ts]; the rules are REW-1 to REW-5 (spec/13-reward.md). *)

From Coq Require Import ZArith Bool.
From Knockdown.model Require Import Fixed Terms Event.
Open Scope Z_scope.

(** Flat and share, and, where terms say so, no more than is left of the penalty (REW-1, REW-5). *)
Definition earned (t : terms) (debt target : Z) (is_flat : bool) (rewarded : Z) : result Z :=
  let rate := Z.max (r_rate (t_reward t)) 0 in
  let total := (if is_flat then Z.max (r_flat (t_reward t)) 0 else 0) + mul_div target rate WAD Floor in
  guard (fits (t_width t) (target * rate) && fits (t_width t) total) (OutOfRange RewardFormed)
  (Ok (match r_limit (t_reward t) with
       | NoLimit => total
       | ByPenalty => Z.min total (Z.max (target - debt - rewarded) 0)
       end)).

Definition for_opening (t : terms) (debt target : Z) (is_first : bool) : result Z :=
  earned t debt target is_first 0.

(** Nothing where the target, or the collateral at the market price, is below [min_left] (REW-2). *)
Definition for_reset (t : terms) (l : dutch_lot) (market min_left : Z) : result Z :=
  if ((r_flat (t_reward t) <=? 0) && (r_rate (t_reward t) <=? 0)) || (d_target l <? min_left) then Ok 0
  else
    guard (fits (t_width t) (d_collateral l * market)) (OutOfRange RewardFormed)
    (if d_collateral l * market <? min_left then Ok 0
     else earned t (d_debt l) (d_target l) true (d_rewarded l)).
