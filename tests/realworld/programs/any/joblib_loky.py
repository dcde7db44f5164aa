"""joblib's own processes (loky), and its threads."""

from math import sqrt

from joblib import Parallel, delayed

if __name__ == "__main__":
    print(Parallel(n_jobs=2)(delayed(sqrt)(n**2) for n in range(10)))
    print(Parallel(n_jobs=2, backend="threading")(delayed(sqrt)(n**2) for n in range(10)))
