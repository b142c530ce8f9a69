using Trama.Fleet.Headers;
using Trama.Fleet.Storing;
using Trama.Reports;

namespace Trama.Cli.Commands.Watching;

/// <summary>
/// Holds the process to its budgets of processor and memory: beyond one, it keeps one of 2, 4, … 64 healthy exchanges, and the headers of
/// as few connections; below, all again. Likewise, hour by hour, where rows fill their room before they are as old as they are to become.
/// Never is a finding, a failure or a connection left out. Each change is told.
/// </summary>
/// <param name="store">The rows.</param>
/// <param name="ring">The headers.</param>
/// <param name="processor">How much of one processor it may take, from 0; null for any.</param>
/// <param name="memory">How many bytes it may hold; null for any.</param>
/// <param name="tell">Hears of each change.</param>
/// <param name="language">The language of that.</param>
internal sealed class Thinning(StoreWriter store, HeaderRing ring, double? processor, long? memory, Action<string> tell, Language language)
{
    private const int MostShare = 64;

    /// <summary>A busy moment is none to thin for…</summary>
    private const int BusyLooks = 3;

    /// <summary>…and one of calm does not end it.</summary>
    private const int CalmLooks = 30;

    /// <summary>With twice as much to keep, it has to fit still.</summary>
    private const double CalmShare = 0.5;

    // As long as an hour's rows take to be a table.
    private static readonly TimeSpan s_roomPeriod = TimeSpan.FromHours(1);

    private const double NearlyFull = 0.9;

    private const long NotedEveryNs = 3_600_000_000_000;

    private TimeSpan _usedBefore = Environment.CpuUsage.TotalTime;
    private long _lookedMs = Environment.TickCount64;
    private long _roomLookedMs = Environment.TickCount64;
    private int _busy, _calm;
    private int _ofUse = 1, _ofRoom = 1;
    private long _leftOut, _since;

    /// <summary>Of so many healthy exchanges one is kept.</summary>
    public int Share => Math.Max(_ofUse, _ofRoom);

    /// <summary>How many healthy exchanges were not kept.</summary>
    public long LeftOut { get; private set; }

    /// <summary>For how many a healthy exchange stands that comes now; 0 when it is left out.</summary>
    /// <param name="number">How many came before it.</param>
    public int StandsFor(long number)
    {
        int share = Share;
        if (number % share == 0) return share;
        LeftOut++;
        return 0;
    }

    /// <summary>Looks what is used; to be called every second.</summary>
    public void Look()
    {
        long nowMs = Environment.TickCount64;
        if (nowMs == _lookedMs) return;
        TimeSpan used = Environment.CpuUsage.TotalTime;
        double share = (used - _usedBefore).TotalMilliseconds / (nowMs - _lookedMs);
        (_usedBefore, _lookedMs) = (used, nowMs);
        double fill = Math.Max(processor is { } most ? share / most : 0, memory is { } bytes ? (double)Environment.WorkingSet / bytes : 0);
        Look(fill);
        if (nowMs - _roomLookedMs < s_roomPeriod.TotalMilliseconds) return;
        _roomLookedMs = nowMs;
        LookAtRoom(store.Taken, store.Needed(s_roomPeriod));
    }

    /// <summary>Takes a look into account.</summary>
    /// <param name="fill">How much of the budget that is nearest to its end is used.</param>
    public void Look(double fill)
    {
        (_busy, _calm) = (fill > 1 ? _busy + 1 : 0, fill < CalmShare ? _calm + 1 : 0);
        if (_busy >= BusyLooks && _ofUse < MostShare) Set(_ofUse * 2, _ofRoom);
        else if (_calm >= CalmLooks && _ofUse > 1) Set(_ofUse / 2, _ofRoom);
        if (Share > 1 && Now - _since >= NotedEveryNs) Note();
    }

    /// <summary>Takes the last hour into account.</summary>
    /// <param name="taken">How much of the room for rows is taken, from 0 to 1.</param>
    /// <param name="needed">How much of it rows as many as those of that hour need.</param>
    public void LookAtRoom(double taken, double needed)
    {
        if (taken > NearlyFull && needed > 1 && _ofRoom < MostShare) Set(_ofUse, _ofRoom * 2);
        else if (needed < CalmShare && _ofRoom > 1) Set(_ofUse, _ofRoom / 2);
    }

    /// <summary>Notes what was left out until now.</summary>
    public void Note()
    {
        if (LeftOut == _leftOut) return;
        long now = Now;
        store.Note(new Gap(_since, now, LeftOut - _leftOut, language.Pick(
            "left out to stay within the budget (standsFor says for how many a row stands)",
            "deixadas de fora para caber no orçamento (standsFor diz por quantas uma linha vale)")));
        (_leftOut, _since) = (LeftOut, now);
    }

    private static long Now => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    private void Set(int ofUse, int ofRoom)
    {
        if (Share == 1) _since = Now;
        (_ofUse, _ofRoom, _busy, _calm) = (ofUse, ofRoom, 0, 0);
        // Headers have a room of their own.
        ring.Share = ofUse;
        if (Share == 1) Note();
        tell(Share == 1
            ? language.Pick("within the budget again: everything is kept", "dentro do orçamento de novo: tudo é guardado")
            : ofUse == 1
            ? language.Pick($"over the budget: one of {Share} healthy exchanges is kept, and the headers of all connections",
                $"acima do orçamento: guarda-se uma de {Share} trocas sadias, e os cabeçalhos de todas as conexões")
            : language.Pick($"over the budget: one of {Share} healthy exchanges and the headers of one of {ofUse} connections are kept",
                $"acima do orçamento: guarda-se uma de {Share} trocas sadias e os cabeçalhos de uma de {ofUse} conexões"));
    }
}
