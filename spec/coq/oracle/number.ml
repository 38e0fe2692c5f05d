(** Number: what Coq's [Z] means, by Zarith's integers of any size. *)

type t = Z.t

let zero = Z.zero
let one = Z.one
let add = Z.add
let sub = Z.sub
let mul = Z.mul
let neg = Z.neg
let min = Z.min
let max = Z.max
let eqb = Z.equal
let ltb = Z.lt
let leb = Z.leq
let odd = Z.is_odd

(** The quotient rounded down, whatever the signs; nothing of nothing: Coq's [n / 0] is 0. *)
let div n d = if Z.sign d = 0 then Z.zero else Z.fdiv n d

(** What is left of [n] then, with the sign of [d]: Coq's [n mod 0] is [n]. *)
let modulo n d = Z.sub n (Z.mul d (div n d))

(** Coq's power of less than nothing is 0. *)
let pow x n = if Z.sign n < 0 then Z.zero else Z.pow x (Z.to_int n)

(** Coq's positive numbers are read bit by bit: [2 n], [2 n + 1], or 1. *)
let double n = Z.shift_left n 1

let double_and_one n = Z.succ (double n)

let match_positive of_odd of_even of_one n =
  if Z.equal n Z.one then of_one ()
  else if Z.is_odd n then of_odd (Z.shift_right n 1)
  else of_even (Z.shift_right n 1)

(** And its integers are zero, a positive number, or one with a minus. *)
let match_integer of_zero of_positive of_negative n =
  let sign = Z.sign n in
  if sign = 0 then of_zero () else if sign > 0 then of_positive n else of_negative (Z.neg n)

(** Whether quotients, remainders and powers are those that Coq computed of the same numbers. *)
let is_as_in_coq divided raised =
  List.for_all (fun ((n, d), (quotient, rest)) -> Z.equal (div n d) quotient && Z.equal (modulo n d) rest) divided
  && List.for_all (fun ((x, n), power) -> Z.equal (pow x n) power) raised
