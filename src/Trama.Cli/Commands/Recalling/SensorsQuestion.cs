using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Querying;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Fleet.Asking;
using Trama.Fleet.Holding;
using Trama.Fleet.Storing;
using Trama.Framing;
using Trama.Reports;
using Trama.Rows.Sql;

namespace Trama.Cli.Commands.Recalling;

/// <summary>A question to the sensors of a hub, for rows that they keep to themselves.</summary>
/// <param name="path">The hub's store.</param>
/// <param name="language">The language of what is said.</param>
internal sealed class SensorsQuestion(string path, Language language)
{
    // Whose clock is behind sent rows of that time before it.
    private const long ClocksNs = 86_400_000_000_000;

    /// <summary>Asks all sensors that the hub heard of since about that time, and says who did not answer, and what they said.</summary>
    /// <param name="period">The time that it is about.</param>
    /// <param name="where">Which exchanges; null for all.</param>
    /// <param name="most">How many at most.</param>
    /// <exception cref="UserError">Nobody can be asked.</exception>
    public IReadOnlyList<SensorRows> Ask(PastPeriod period, string? where, long most)
    {
        DuckdbSetup.ThrowIfMissing(language);
        if (!HeldReading.IsStore(path)) throw StoreErrors.Describe(new StoreException(StoreFault.NoHub, path), language);
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop);
        try
        {
            var sensors = new SortedSet<string>(StringComparer.Ordinal);
            HeldReading.Count(path, (sensor, _, _) =>
            {
                if (sensor.Length > 0) sensors.Add(sensor);
            }, period.From - ClocksNs);
            var question = new RowQuestion
            {
                From = Math.Max(0, period.From),
                To = period.To,
                Where = where ?? "",
                Limit = (int)Math.Min(most, RowQuestion.MostRows),
            };
            IReadOnlyList<SensorRows> answers = new AskedRows(path).Ask(question, [.. sensors], stop.Token) ?? throw new UserError(
                language.Pick($"no hub takes questions at {path}: is trama hub running with this store?",
                    $"nenhum hub atende perguntas em {path}: o trama hub está rodando com este armazém?"));
            foreach (SensorRows answer in answers) Tell(answer);
            return answers;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqlException)
        {
            throw new UserError(language.Pick($"the sensors cannot be asked: {error.Message}",
                $"os sensores não podem ser perguntados: {error.Message}"));
        }
    }

    private void Tell(SensorRows answer)
    {
        foreach (string note in answer.Notes) Console.Error.WriteLine($"trama: {answer.Sensor}: {VisibleText.Of(note)}");
        if (!answer.IsWhole) Console.Error.WriteLine(language.Pick($"trama: {answer.Sensor} did not answer",
            $"trama: {answer.Sensor} não respondeu"));
    }
}
