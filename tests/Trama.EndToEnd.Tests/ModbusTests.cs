namespace Trama.EndToEnd.Tests;

/// <summary>Modbus of captures; tshark is the judge.</summary>
public class ModbusTests
{
    [Theory]
    [InlineData("captures/tcp/zeek-modbus-modbus-and-non-modbus-p502.pcap")]
    [InlineData("captures/tcp/zeek-modbus-modbus-eit.pcap")]
    [InlineData("captures/tcp/zeek-modbus-4SICS-GeekLounge-151022-min.pcap")]
    public async Task Functions_and_exceptions_are_told_as_tshark_tells_them(string name)
    {
        string capture = TestData.Shared(name);
        string[] told = await ProtocolTrace.OfAsync(capture, "modbus");
        // What is no Modbus at its port is taken for it by tshark, for want of another protocol.
        string[] requests = await ProtocolTrace.TsharkAsync(
            capture,
            "modbus && tcp.dstport==502 && mbtcp.prot_id==0 && mbtcp.len<255 && modbus.func_code",
            null,
            "tcp.stream",
            "modbus.func_code");
        string[] failures = await ProtocolTrace.TsharkAsync(
            capture, "modbus.exception_code && tcp.srcport==502 && mbtcp.prot_id==0", null, "tcp.stream", "modbus.exception_code");
        Assert.NotEmpty(told);
        HashSet<string> streams = [.. told.Select(line => line.Split(' ')[0])];
        Assert.Equal(
            requests.Where(line => streams.Contains(line.Split('\t')[0])).Sum(line => line.Split(',').Length),
            told.Count(line => line.Contains(" client ", StringComparison.Ordinal)));
        Assert.Equal(
            failures.Where(line => streams.Contains(line.Split('\t')[0])).Sum(line => line.Split(',').Length),
            told.Count(line => !line.EndsWith("OK", StringComparison.Ordinal) && !line.EndsWith("-> ", StringComparison.Ordinal)));
    }
}
