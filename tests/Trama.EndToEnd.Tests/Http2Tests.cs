namespace Trama.EndToEnd.Tests;

/// <summary>HTTP/2 and gRPC, with tshark as the judge: captures at hand, and live ones of real servers.</summary>
public class Http2Tests
{
    [Theory]
    [InlineData("http2-lab-h2c-multiplex.pcapng", 8082)]
    [InlineData("http2-lab-tls13-multiplex.pcapng", null)]
    [InlineData("grpc-lab-h2c.pcapng", 50051)]
    [InlineData("grpc-lab-tls13.pcapng", null)]
    [InlineData("grpc-lab-tls13-dsb.pcapng", null)]
    [InlineData("grpc-deepflow-grpc-segmented.pcap", 20035)]
    public async Task Exchanges_are_those_that_tshark_finds(string name, int? clearPort)
    {
        string capture = TestData.Shared($"protocols/{name}");
        string? keyLog = Path.ChangeExtension(capture, ".keys");
        if (!File.Exists(keyLog)) keyLog = null;
        string[] theirs = await Http2Judge.TsharkAsync(capture, keyLog, clearPort);
        Assert.NotEmpty(theirs);
        Assert.Equal(theirs, await Http2Judge.TramaAsync(capture, keyLog));
    }
}
