using Trama.Packets.Transport;
using Trama.Tracing;
using Trama.Tracing.Tests;

namespace Trama.Diagnosis.Tests;

public class DiagnoserTests
{
    [Fact]
    public void A_refused_connection_is_the_server_s_and_the_verdict_names_it()
    {
        var diagnoser = new Diagnoser();
        var wire = new Wire(Diagnoser.Options, diagnoser);
        wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0);
        wire.Send(Side.Server, TcpFlags.Rst | TcpFlags.Ack, 0, Wire.ClientStart + 1);
        wire.Complete();

        CaptureDiagnosis diagnosis = diagnoser.Conclude(wire.Tracker.Totals);

        ConnectionDiagnosis connection = Assert.Single(diagnosis.Connections);
        Finding finding = Assert.Single(connection.Findings);
        Assert.Equal((FindingId.ConnectionRefused, Party.Server, Severity.Error), (finding.Id, finding.Party, finding.Severity));
        Assert.Equal([1, 2], finding.Packets);
        Assert.Equal(2, connection.Excerpt.Count);
        Assert.Equal([1], diagnosis.Verdict!.Connections);
        Assert.Same(finding, diagnosis.Verdict.Finding);
    }
}
