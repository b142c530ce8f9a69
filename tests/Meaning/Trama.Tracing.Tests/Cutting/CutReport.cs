namespace Trama.Tracing.Tests.Cutting;

/// <summary>What is left of each protocol over all captures, once the last of them was cut.</summary>
public sealed class CutReport : IDisposable
{
    /// <summary>The share of untouched exchanges that must still be told.</summary>
    public const double Least = 0.95;

    private readonly CutCount _all = new();

    internal void Add(CutCount count)
    {
        foreach ((string protocol, (int kept, int expected)) in count.ByProtocol) _all.Add(protocol, kept, expected);
    }

    /// <summary>Tells the counts, and fails where a protocol has too few.</summary>
    public void Dispose()
    {
        string[] counts = [.. _all.ByProtocol.Select(count => $"{count.Key} {count.Value.Kept} of {count.Value.Expected}")];
        TestContext.Current.SendDiagnosticMessage($"untouched exchanges that are told: {string.Join(", ", counts)}");
        Assert.DoesNotContain(_all.ByProtocol, count => count.Value.Kept < Least * count.Value.Expected);
    }
}
