using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Querying;
using Trama.Cli.Native;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Fleet.Asking;
using Trama.Fleet.Holding;
using Trama.Fleet.Storing;
using Trama.Framing;
using Trama.Reports;
using Trama.Rows.Sql;

namespace Trama.Cli.Commands.Recalling;

/// <summary>A question to a store of <c>trama watch</c>, or of a hub, answered by DuckDB.</summary>
/// <param name="path">The store's folder.</param>
/// <param name="isHub">Whether it is a hub's.</param>
/// <param name="language">The language of what is said when it cannot be answered.</param>
internal sealed class StoreQuestion(string path, bool isHub, Language language)
{
    private const long MemoryBytes = 1 << 30;
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    /// <summary>What sensors of the hub answered.</summary>
    public IReadOnlyList<SensorRows> Asked { get; init; } = [];

    /// <summary>Asks, and says of what time something is missing.</summary>
    /// <param name="period">The time that it is about.</param>
    /// <param name="sql">One SELECT.</param>
    /// <param name="answer">Takes the answer.</param>
    /// <exception cref="UserError">It has no answer.</exception>
    public void Ask(PastPeriod period, string sql, IAnswer answer)
    {
        DuckdbSetup.ThrowIfMissing(language);
        try
        {
            var asked = Asked.SelectMany(one => one.Rows.Select(rows => (one.Sensor, rows)));
            using StoreSnapshot store = isHub ? HeldSnapshot.Take(path, period.From, asked)
                : StoreSnapshot.Take(StoreFolder.Open(path), period.From);
            using RowDatabase database = new(store.Files, MemoryBytes, tellsSource: false);
            using var stop = new CancellationTokenSource();
            using var signals = new StopSignals(stop);
            var limits = new QueryLimits(s_longest, MemoryBytes) { Stop = stop.Token, GiveUp = error => EndProcess(error, store) };
            database.Ask(sql, limits, answer);
            foreach (Gap gap in store.Gaps.Where(gap => gap.To >= period.From && gap.From <= period.To)) Tell(gap);
        }
        catch (StoreException error)
        {
            throw StoreErrors.Describe(error, language);
        }
        catch (SqlException error)
        {
            throw SqlErrors.Describe(error, language);
        }
    }

    // The functions of a library that runs are not waited for.
    private void EndProcess(SqlException error, StoreSnapshot store)
    {
        UserError told = SqlErrors.Describe(error, language);
        Console.Error.WriteLine($"trama: {told.Message}");
        store.Dispose();
        Libc.ExitNow(told.Code);
    }

    private void Tell(Gap gap)
    {
        string from = PastTime.Of(gap.From), to = PastTime.Of(gap.To), reason = VisibleText.Of(gap.Reason);
        Console.Error.WriteLine(language.Pick($"trama: from {from} to {to} {gap.Rows} rows are missing: {reason}",
            $"trama: de {from} a {to} faltam {gap.Rows} linhas: {reason}"));
    }
}
