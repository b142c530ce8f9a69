using System.Net;
using System.Numerics;
using CsCheck;
using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Tests;

public class MappingTests
{
    private readonly AddressMap _map = new(ScrubKey.OfSeed(1));

    [Fact]
    public void Two_addresses_share_as_many_bits_as_before() =>
        Gen.Select(Gen.UInt, Gen.UInt, Gen.Int[0, 32]).Sample((one, other, shared) =>
        {
            uint near = shared == 32 ? one : one & ~(uint.MaxValue >> shared) | other & uint.MaxValue >> shared;
            return BitOperations.LeadingZeroCount(Map(one) ^ Map(near)) == BitOperations.LeadingZeroCount(one ^ near);
        }, threads: 1);

    [Fact]
    public void Two_addresses_of_version_6_share_as_many_bits_as_before() =>
        Gen.Select(Gen.Byte.Array[16], Gen.Byte.Array[16], Gen.Int[0, 16]).Sample((one, other, shared) =>
        {
            byte[] near = [.. one.Take(shared), .. other.Skip(shared)];
            int before = one.AsSpan().CommonPrefixLength(near);
            _map.Map(one);
            _map.Map(near);
            return one.AsSpan().CommonPrefixLength(near) == before;
        }, threads: 1);

    [Theory]
    [InlineData("10.1.2.3", "10.")]
    [InlineData("127.0.0.1", "127.")]
    [InlineData("192.168.7.9", "192.168.")]
    [InlineData("172.16.0.1", "172.")]
    [InlineData("169.254.1.2", "169.254.")]
    [InlineData("::1", "::")]
    [InlineData("fe80::17", "fe")]
    public void Private_addresses_stay_private(string address, string prefix)
    {
        byte[] bytes = IPAddress.Parse(address).GetAddressBytes();
        _map.Map(bytes);
        string mapped = $"{new IPAddress(bytes)}";
        Assert.StartsWith(prefix, mapped, StringComparison.Ordinal);
        Assert.NotEqual(address, mapped);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    public void What_names_nobody_stays(string address)
    {
        byte[] bytes = IPAddress.Parse(address).GetAddressBytes();
        _map.Map(bytes);
        Assert.Equal(address, $"{new IPAddress(bytes)}");
    }

    [Fact]
    public void Another_key_maps_otherwise() => Assert.NotEqual(Map(0x01020304, new(ScrubKey.New())), Map(0x01020304, new(ScrubKey.New())));

    private uint Map(uint address) => Map(address, _map);

    private static uint Map(uint address, AddressMap map)
    {
        byte[] bytes = [(byte)(address >> 24), (byte)(address >> 16), (byte)(address >> 8), (byte)address];
        map.Map(bytes);
        return (uint)bytes[0] << 24 | (uint)bytes[1] << 16 | (uint)bytes[2] << 8 | bytes[3];
    }
}
