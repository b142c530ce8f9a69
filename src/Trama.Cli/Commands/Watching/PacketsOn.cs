using Trama.Cli.Reporting;
using Trama.Diagnosis;
using Trama.Fleet.Storing;
using Trama.Fleet.Trouble;
using Trama.Packets;
using Trama.Reports;

namespace Trama.Cli.Commands.Watching;

/// <summary>Has whole packets kept when something is found (<c>--full-packets-on</c>).</summary>
/// <param name="packets">Keeps them.</param>
/// <param name="finding">The finding; null for any of severity warning or above.</param>
internal sealed class PacketsOn(TroublePackets packets, FindingId? finding)
{
    private const int MemoryBytes = 32 << 20;

    /// <summary>What the option names; null when it is not there, or says <c>never</c>.</summary>
    /// <exception cref="ThisProcess.UserError">It names no finding.</exception>
    public static PacketsOn? Named(string? name, StoreFolder folder, long limit, Action<string> failed, Language language)
    {
        if (name is null or "never") return null;
        FindingId? finding = name == "any" ? null : FindingNames.Find(name) ?? throw FailOn.Unknown(name, "never, any, ", language);
        return new PacketsOn(new TroublePackets(folder, limit, MemoryBytes) { Failed = failed }, finding);
    }

    /// <summary>How often something was found while other packets were written.</summary>
    public long LeftOut => packets.LeftOut;

    /// <summary>A packet came.</summary>
    public void Add(in Record record) => packets.Add(record);

    /// <summary>Something was found.</summary>
    public void Found(ConnectionDiagnosis connection, Finding found)
    {
        if (finding is { } id ? found.Id == id : found.Severity >= Severity.Warning)
            packets.Found(connection, FindingNames.Of(found.Id));
    }

    /// <summary>Waits until what is written is.</summary>
    public void Wait() => packets.Wait();
}
