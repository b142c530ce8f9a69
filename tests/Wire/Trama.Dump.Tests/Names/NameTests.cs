using System.Text;
using Trama.Dump.Names;
using Trama.Packets.Network;

namespace Trama.Dump.Tests.Names;

public class NameTests
{
    private static readonly IpAddress Loopback = IpAddress.FromIpv4(0x7f000001);

    [Theory]
    [InlineData("ssh\t22/tcp # remote login", "tcp", 22, "ssh")]
    [InlineData("domain 53/udp nameserver", "udp", 53, "domain")]
    [InlineData("domain 53/udp nameserver", "tcp", 53, "")]
    [InlineData("# 80/tcp http", "tcp", 80, "")]
    [InlineData("odd /tcp", "tcp", 0, "")]
    public void A_port_has_the_name_that_the_services_file_gives_it(string line, string protocol, int port, string name) =>
        Assert.Equal(name, Encoding.ASCII.GetString(NumberNames.OfServices([line], protocol).Find(port)));

    [Fact]
    public void The_first_name_of_a_number_counts() =>
        Assert.Equal("ipencap"u8, NumberNames.OfProtocols(["ipencap 4 IP-ENCAP", "other 4"]).Find(4));

    [Fact]
    public void An_address_is_asked_for_once()
    {
        int asked = 0;
        var names = new HostNames(_ => Interlocked.Increment(ref asked) > 0 ? "a.example"u8.ToArray() : null, TimeSpan.FromMinutes(1),
            isShort: false);
        Assert.Equal("a.example"u8, names.Find(Loopback));
        Assert.Equal("a.example"u8, names.Find(Loopback));
        Assert.Equal(1, asked);
    }

    [Fact]
    public void Short_names_end_at_their_first_dot() =>
        Assert.Equal("a"u8, new HostNames(_ => "a.example"u8.ToArray(), TimeSpan.FromMinutes(1), isShort: true).Find(Loopback));

    [Fact]
    public void A_name_cannot_command_the_terminal() =>
        Assert.Equal("^[[2Jx"u8, new HostNames(_ => "\u001b[2Jx"u8.ToArray(), TimeSpan.FromMinutes(1), isShort: false).Find(Loopback));

    [Fact]
    public async Task An_answer_that_is_late_is_used_when_it_comes()
    {
        using var answer = new ManualResetEventSlim();
        var names = new HostNames(
            _ =>
            {
                answer.Wait();
                return "late.example"u8.ToArray();
            },
            TimeSpan.Zero, isShort: false);
        Assert.True(names.Find(Loopback).IsEmpty);
        answer.Set();
        for (int tries = 0; names.Find(Loopback).IsEmpty && tries < 2000; tries++) await Task.Delay(
            5, TestContext.Current.CancellationToken);
        Assert.Equal("late.example"u8, names.Find(Loopback));
    }

    [Fact]
    public void Outside_the_named_network_addresses_stay_numbers()
    {
        var options = new DumpOptions
        {
            NumericPorts = true,
            NamedNetwork = (0x7f000000, 0xff000000),
            FindHostName = _ =>
            "name"u8.ToArray()
        };
        var output = new LineWriter();
        var text = new Trama.Dump.Names.AddressText(options, output);
        text.Append(Loopback);
        output.Append(" "u8);
        text.Append(IpAddress.FromIpv4(0x0a000001));
        Assert.Equal("name 10.0.0.1"u8, output.Written);
    }
}
