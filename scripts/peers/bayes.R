# SPDX-License-Identifier: GPL-3.0-or-later
# What the peers of plenary's full Bayes take: pscl::ideal and MCMCpack::MCMCirt1d on the
# same cells, normalised draw by draw as plenary does it (mean 0, standard deviation 1 over
# the states), effective draws by coda::effectiveSize and their number a second.
#
#     Rscript scripts/peers/bayes.R VOTES.csv [CALLS.csv] OUT PEER
#
# VOTES.csv: rcid,iso3,vote (Y, N, A; anything else is missing); CALLS.csv: the rcids that
# enter, in a column rcid.  VOTES.csv may be "s109": the US Senate of 2005-06 that comes with
# pscl.  PEER: ideal or MCMCirt1d.  Writes OUT.PEER.csv, a line a state: mean, sd, effective
# draws.  Only the sampling is timed: the burn-in's share and the reading are taken off.
# Debian: r-base-core r-cran-pscl r-cran-mcmcpack r-cran-coda.
#
# Measured on one thread of a two-core cloud server (AMD EPYC, AVX-512) that others used too;
# effective draws of a position (median over the states; the least) for each second of sampling,
# and of its square (median).  General Assembly, sessions 60-74, yes against the rest: 193
# states, 1,172 contested roll calls, 205,635 cells; Senate: 102, 520, 50,884.  (The peers on
# the Senate ran twice, with other polarity; the seconds are those of the quieter run.)
#
#                       General Assembly             Senate 109
#     pscl::ideal       3.7   0.4   squares  7.1     7.0   1.3   squares 16.4
#     MCMCirt1d         6.3   0.8           12.8     10.7  1.7           26.7
#     plenary         767   126            842      1544   477          2359
#
# plenary against pscl: means of positions correlate .99998 (Assembly) and .99997 (Senate), no
# state's differ by more than 0.4 of its standard deviation; standard deviations, median of the
# ratios 1.001 and 1.002, all within .90-1.14 and .91-1.15, which is the Monte Carlo error of
# the peers' 340 and 200 effective draws.  Slopes correlate .9989.  pscl 1.5's normalised
# difficulties do not go with its normalised positions (fitted shares of yes are off by up to
# .12, plenary's by .02), so cuts are not compared.
suppressMessages({library(pscl); library(coda); library(MCMCpack)})

# States x roll calls: 1 yes, 0 the rest, NA missing.
cells <- function(votes, calls) {
  if (votes == "s109") {
    data(s109, package = "pscl", envir = environment())
    v <- s109$votes
    answer <- matrix(NA, nrow(v), ncol(v), dimnames = list(rownames(v), NULL))
    answer[v %in% 1:3] <- 1
    answer[v %in% 4:6] <- 0
  } else {
    t <- read.csv(votes, stringsAsFactors = FALSE)
    if (!is.null(calls)) t <- t[t$rcid %in% read.csv(calls)$rcid, ]
    t <- t[t$vote %in% c("Y", "N", "A"), ]
    i <- factor(t$iso3); j <- factor(t$rcid)
    answer <- matrix(NA, nlevels(i), nlevels(j), dimnames = list(levels(i), levels(j)))
    answer[cbind(as.integer(i), as.integer(j))] <- as.integer(t$vote == "Y")
  }
  yes <- colMeans(answer, na.rm = TRUE)
  answer[, pmin(yes, 1 - yes) >= if (votes == "s109") .025 else 0] # as ideal's lop-sided rule
}

normalised <- function(x, first, second) {
  x <- t(apply(x, 1, function(d) (d - mean(d)) / sd(d)))
  x * sign(x[, first] - x[, second])
}

run_ideal <- function(answer) {
  rc <- rollcall(answer, yea = 1, nay = 0, missing = NA, legis.names = rownames(answer))
  all <- 11000; kept <- 10000
  s <- system.time(f <- ideal(rc, d = 1, maxiter = all, burnin = 1000, thin = 10,
                              normalize = TRUE, store.item = TRUE))[["elapsed"]]
  list(x = f$x[, , 1], seconds = s * kept / all, betabar = f$betabar)
}

run_mcmcpack <- function(answer) {
  s <- system.time(f <- MCMCirt1d(answer, burnin = 1000, mcmc = 20000, thin = 10, seed = 1,
                                  T0 = 1, AB0 = 0.04, store.item = FALSE))[["elapsed"]]
  list(x = as.matrix(f), seconds = s * 20000 / 21000)
}

a <- commandArgs(TRUE)
answer <- cells(a[1], if (length(a) == 4) a[2])
out <- a[length(a) - 1]; peer <- a[length(a)]
set.seed(1)
run <- switch(peer, ideal = run_ideal(answer), MCMCirt1d = run_mcmcpack(answer))
pair <- match(if (a[1] == "s109") c("SESSIONS (R AL)", "KENNEDY (D MA)") else c("USA", "CUB"),
              rownames(answer)) # two that are far apart, or draws would be turned at random
x <- normalised(run$x, pair[1], pair[2])
ess <- effectiveSize(mcmc(x))
ess2 <- effectiveSize(mcmc(sweep(x, 2, colMeans(x))^2))
write.csv(data.frame(state = rownames(answer), mean = colMeans(x), sd = apply(x, 2, sd),
                     effective = ess, effective_square = ess2),
          sprintf("%s.%s.csv", out, peer), row.names = FALSE)
if (!is.null(run$betabar))
  write.csv(run$betabar, sprintf("%s.%s.items.csv", out, peer))
cat(sprintf(paste("%s %s: %d states, %d roll calls, %d cells, %.1f s of sampling, effective",
                  "draws: median %.0f, least %.0f; a second: %.1f, %.1f; of the squares a second",
                  "%.1f\n"),
            basename(a[1]), peer, nrow(answer), ncol(answer), sum(!is.na(answer)), run$seconds,
            median(ess), min(ess), median(ess) / run$seconds, min(ess) / run$seconds,
            median(ess2) / run$seconds))
