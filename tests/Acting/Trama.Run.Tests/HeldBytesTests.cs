using CsCheck;
using Trama.Run.Gateway;

namespace Trama.Run.Tests;

/// <summary>The bytes that a connection may need again, against a plain list.</summary>
public class HeldBytesTests
{
    [Fact]
    public void Holds_what_a_list_would_hold()
    {
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, 400]).List[0, 60].Sample(steps =>
        {
            var held = new HeldBytes();
            var expected = new List<byte>();
            foreach ((byte[] bytes, int drop) in steps)
            {
                held.Append(bytes);
                expected.AddRange(bytes);
                int count = Math.Min(drop, expected.Count);
                held.Drop(count);
                expected.RemoveRange(0, count);
                Assert.Equal(expected.Count, held.Count);
                Assert.True(held.From(0).SequenceEqual(expected.ToArray()));
                int middle = expected.Count / 2;
                Assert.True(held.From(middle).SequenceEqual(expected.ToArray().AsSpan(middle)));
            }
        });
    }
}
